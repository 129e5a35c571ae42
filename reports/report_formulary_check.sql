-- What is wrong with the formulas asked for in $2: names that mean none, or several.
SELECT 'formula' AS field, a.name AS value,
       CASE count(a.formula_id) WHEN 0 THEN 'is no formula of the reference data'
       ELSE 'means several formulas, so take one of ' || string_agg(a.formula_id, ', ' ORDER BY a.formula_id) END AS rule
  FROM formulas_asked($2) a
 WHERE lower(a.name) <> 'all' AND $1::bigint IS NOT NULL
 GROUP BY a.name
HAVING count(a.formula_id) <> 1
 ORDER BY a.name
