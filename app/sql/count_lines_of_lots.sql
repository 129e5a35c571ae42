-- The lines of a count that a scanned pack may mean, for each code: those of the lot code $4, of the item with that GTIN where the
-- code has one. $3 is the code's place in what was entered. Each code is looked up by itself (OFFSET 0), see count_meant.sql.
WITH codes AS MATERIALIZED (
    SELECT q.at, q.lot_code, lower(q.lot_code) AS key, lot_of_own_code(q.lot_code) AS own, q.gtin
      FROM unnest($3::bigint[], $4::text[], $5::text[]) q (at, lot_code, gtin)
)
SELECT q.at, n.line_no
  FROM codes q
 CROSS JOIN LATERAL (SELECT id, item_id, lot_code FROM lots WHERE shop_id = $1 AND lot_code_key = q.key
                      UNION
                     SELECT id, item_id, q.lot_code FROM lots WHERE shop_id = $1 AND id = q.own OFFSET 0) l
 CROSS JOIN LATERAL (SELECT line_no FROM count_lines WHERE shop_id = $1 AND count_id = $2 AND lot_id = l.id OFFSET 0) n
  JOIN items i ON i.shop_id = $1 AND i.id = l.item_id AND (q.gtin IS NULL OR i.gtin IS NULL OR i.gtin = q.gtin)
 WHERE l.lot_code = q.lot_code
 ORDER BY q.at, n.line_no
