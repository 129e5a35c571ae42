-- Price rules, those in force first: one ($2), ended ones too ($3).
SELECT r.id, r.name, r.kind, i.sku, i.id AS item_id, i.name AS item_name, i.name_hanzi AS item_name_hanzi, i.unit,
       r.item_kind, r.tax_category, r.dosage_form, r.customer_group, r.price_cents, r.per_quantity,
       r.markup_basis_points, r.off_basis_points, r.priority, r.valid_from, r.valid_until,
       CASE WHEN r.ended_at IS NOT NULL THEN 'ended' WHEN r.valid_from > shop_today($1) THEN 'not yet'
            WHEN r.valid_until < shop_today($1) THEN 'over' ELSE 'in force' END AS state,
       u.display_name AS created_by, r.created_at, e.display_name AS ended_by, r.ended_at
  FROM price_rules r
  LEFT JOIN items i ON i.shop_id = r.shop_id AND i.id = r.item_id
  LEFT JOIN users u ON u.shop_id = r.shop_id AND u.id = r.created_by
  LEFT JOIN users e ON e.shop_id = r.shop_id AND e.id = r.ended_by
 WHERE r.shop_id = $1 AND ($2::bigint IS NULL OR r.id = $2::bigint) AND ($2::bigint IS NOT NULL OR $3::boolean OR r.ended_at IS NULL)
 ORDER BY r.ended_at IS NOT NULL, r.priority DESC, r.id DESC
