-- The price rules in force today, and one that is tried out ($3; 0: none).
SELECT id, name, kind, coalesce(item_id, 0) AS item_id, coalesce(item_kind, '') AS item_kind,
       coalesce(tax_category, '') AS tax_category, coalesce(dosage_form, '') AS dosage_form,
       coalesce(customer_group, '') AS customer_group, coalesce(price_cents, 0) AS price_cents,
       coalesce(per_quantity, 1) AS per_quantity, coalesce(markup_basis_points, 0)::bigint AS markup_basis_points,
       coalesce(off_basis_points, 0)::bigint AS off_basis_points,
       priority::bigint AS priority
  FROM price_rules
 WHERE shop_id = $1 AND ended_at IS NULL
   AND (id = $3 OR shop_today($1) BETWEEN coalesce(valid_from, '-infinity') AND coalesce(valid_until, 'infinity'))
   AND (item_id IS NULL OR item_id = ANY ($2::bigint[]))
 ORDER BY id
