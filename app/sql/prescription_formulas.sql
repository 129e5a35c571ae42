-- The formulas a version was put together from.
SELECT p.formula_id, f.pinyin, f.hanzi, f.english, p.scaled_mg
  FROM prescription_formulas p
  JOIN formulas f ON f.id = p.formula_id
 WHERE p.shop_id = $1::bigint AND p.prescription_id = $2::bigint AND p.version = $3::integer
 ORDER BY p.seq
