-- The herbs of house formulas, whether still in use or not, a day.
SELECT l.house_formula_id, l.herb_id, l.daily_mg
  FROM house_formula_lines l
 WHERE l.shop_id = $1::bigint AND l.house_formula_id = ANY ($2::bigint[])
 ORDER BY l.house_formula_id, l.line_no
