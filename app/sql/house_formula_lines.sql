-- The herbs of the newest version of the house formula of that name; none when there is none, or it was retired.
SELECT f.id AS house_formula_id, f.name, l.herb_id, l.processing, l.daily_mg
  FROM (SELECT * FROM house_formulas WHERE shop_id = $1::bigint AND name_key = lower(btrim($2::text))
         ORDER BY version DESC LIMIT 1) f
  JOIN house_formula_lines l ON l.shop_id = $1 AND l.house_formula_id = f.id
 ORDER BY l.line_no
