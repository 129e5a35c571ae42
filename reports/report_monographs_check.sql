-- What is wrong with the herbs asked for in $2: names that mean none, or several.
SELECT 'herb' AS field, a.name AS value,
       CASE count(a.herb_id) WHEN 0 THEN 'is no herb of the reference data'
       ELSE 'means several herbs, so take one of ' || string_agg(a.herb_id, ', ' ORDER BY a.herb_id) END AS rule
  FROM herbs_asked($2) a
 WHERE lower(a.name) <> 'all' AND $1::bigint IS NOT NULL
 GROUP BY a.name
HAVING count(a.herb_id) <> 1
 ORDER BY a.name
