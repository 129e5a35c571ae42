-- Fees: one ($2), ended ones too ($3).
SELECT f.id, f.name, f.name_hanzi, f.dosage_form, f.per, f.unit_mg, f.amount_cents, f.tax_category, f.valid_from, f.valid_until,
       CASE WHEN f.ended_at IS NOT NULL THEN 'ended' WHEN f.valid_from > shop_today($1) THEN 'not yet'
            WHEN f.valid_until < shop_today($1) THEN 'over' ELSE 'in force' END AS state,
       u.display_name AS created_by, f.created_at, f.ended_at
  FROM fees f
  LEFT JOIN users u ON u.shop_id = f.shop_id AND u.id = f.created_by
 WHERE f.shop_id = $1 AND ($2::bigint IS NULL OR f.id = $2::bigint) AND ($2::bigint IS NOT NULL OR $3::boolean OR f.ended_at IS NULL)
 ORDER BY f.ended_at IS NOT NULL, f.name, f.id
