-- What is wrong with an evidence book as a whole: a row twice, or nothing that differs.
INSERT INTO import_faults (shop_id, import_id, line, column_name, value, rule)
SELECT r.shop_id, r.import_id, r.line, f.column_name, f.value, 'stands in another changed row too'
  FROM import_rows r
 CROSS JOIN LATERAL (SELECT CASE WHEN r.part LIKE '%rules' THEN 'id' WHEN r.part LIKE '%names' THEN 'synonym' ELSE 'herb_id' END AS column_name,
                            CASE WHEN r.part LIKE '%rules' THEN r.cells ->> 'id'
                                 WHEN r.part LIKE '%names' THEN concat_ws(':', r.cells ->> 'thing_kind', r.cells ->> 'thing_id', r.cells ->> 'synonym')
                                 ELSE r.cells ->> 'herb_id' END AS value) f
 WHERE r.shop_id = $1::bigint AND r.import_id = $2::bigint AND r.cells ->> 'does' <> 'same' AND f.value IS NOT NULL
   AND EXISTS (SELECT FROM import_rows o
                WHERE o.shop_id = r.shop_id AND o.import_id = r.import_id AND o.line <> r.line AND o.cells ->> 'does' <> 'same'
                  AND f.value = CASE WHEN o.part LIKE '%rules' THEN o.cells ->> 'id'
                                     WHEN o.part LIKE '%names' THEN concat_ws(':', o.cells ->> 'thing_kind', o.cells ->> 'thing_id', o.cells ->> 'synonym')
                                     ELSE o.cells ->> 'herb_id' END)
UNION ALL
SELECT $1, $2, min(r.line), 'reason', NULL, 'of no row is given, and no row differs from what is in force: the file changes nothing'
  FROM import_rows r WHERE r.shop_id = $1 AND r.import_id = $2
HAVING count(*) FILTER (WHERE r.cells ->> 'does' <> 'same') = 0 AND count(*) > 0
   AND NOT EXISTS (SELECT FROM import_faults f WHERE f.shop_id = $1 AND f.import_id = $2)
