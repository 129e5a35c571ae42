-- Every version of a code's terms, the newest first, with who wrote it.
SELECT t.version, t.description, t.kind, t.percent_basis_points, t.amount_cents, t.valid_from, t.valid_until, t.minimum_cents,
       t.include, t.exclude, t.max_uses, t.max_uses_per_customer, t.stackable, t.allow_below_cost, t.allow_restricted,
       t.return_on_refund, t.change_note, n.display_name AS changed_by, t.changed_at
  FROM promo_terms t
  LEFT JOIN users n ON n.shop_id = t.shop_id AND n.id = t.changed_by
 WHERE t.shop_id = $1 AND t.code = upper($2)
 ORDER BY t.version DESC
