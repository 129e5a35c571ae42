-- The house formulas a version was put together from.
SELECT f.id AS house_formula_id, f.name, coalesce(p.scaled_mg, 0) AS scaled_mg
  FROM prescription_houses p
  JOIN house_formulas f ON f.shop_id = p.shop_id AND f.id = p.house_formula_id
 WHERE p.shop_id = $1::bigint AND p.prescription_id = $2::bigint AND p.version = $3::integer
 ORDER BY p.seq
