-- What a scanned or typed text means in a count: the lines of a place or an item ($3: its code), of lots ($4, with the GTIN of their
-- item in $5 where the code has one), of items known by other names ($6: herbs and products), and the line of number $7. A lot or a
-- place that is not on the sheet comes without a line: it may be put on it. OFFSET 0: each line is looked up by itself.
WITH codes AS MATERIALIZED ( -- worked out first: row security lets no function of a column near an index
    SELECT lower(q.lot_code) AS key, lot_of_own_code(q.lot_code) AS own, q.gtin FROM unnest($4::text[], $5::text[]) q (lot_code, gtin)
), lots_meant AS (
    SELECT DISTINCT l.id
      FROM codes q
     CROSS JOIN LATERAL (SELECT id, item_id FROM lots WHERE shop_id = $1 AND lot_code_key = q.key
                          UNION
                         SELECT id, item_id FROM lots WHERE shop_id = $1 AND id = q.own OFFSET 0) l
      JOIN items i ON i.shop_id = $1 AND i.id = l.item_id AND (q.gtin IS NULL OR i.gtin IS NULL OR i.gtin = q.gtin)
), items_meant AS (
    SELECT i.id FROM items i
     WHERE i.shop_id = $1 AND (lower(i.sku) = lower($3) OR i.herb_id = ANY ($6::text[]) OR i.product_id = ANY ($6::text[])
                               OR EXISTS (SELECT FROM codes q WHERE q.key IS NULL AND q.gtin = i.gtin))
), places_meant AS (
    SELECT p.id, p.code FROM locations p
     WHERE p.shop_id = $1 AND lower(p.code) = lower($3) AND p.internal AND p.kind NOT IN ('transit', 'making')
), lines AS (
    SELECT n.line_no, n.lot_id, n.location_id, 'line' AS meant FROM count_lines n WHERE n.shop_id = $1 AND n.count_id = $2 AND n.line_no = $7::bigint
    UNION ALL
    SELECT n.line_no, n.lot_id, n.location_id, 'lot'
      FROM lots_meant m
     CROSS JOIN LATERAL (SELECT * FROM count_lines WHERE shop_id = $1 AND count_id = $2 AND lot_id = m.id OFFSET 0) n
    UNION ALL
    SELECT n.line_no, n.lot_id, n.location_id, 'item'
      FROM items_meant i
     CROSS JOIN LATERAL (SELECT id FROM lots WHERE shop_id = $1 AND item_id = i.id OFFSET 0) l
     CROSS JOIN LATERAL (SELECT * FROM count_lines WHERE shop_id = $1 AND count_id = $2 AND lot_id = l.id OFFSET 0) n
    UNION ALL
    SELECT n.line_no, n.lot_id, n.location_id, 'place'
      FROM places_meant p JOIN count_lines n ON n.shop_id = $1 AND n.count_id = $2 AND n.location_id = p.id
)
SELECT k.meant, s.line_no, s.location, s.sku, s.name, s.name_hanzi, s.unit, s.lot_id, s.lot_code, s.expires_on, s.expected, s.counted,
       s.counted_at, s.counted_by
  FROM (SELECT line_no, min(meant) AS meant FROM lines GROUP BY line_no ORDER BY line_no LIMIT 500) k
 CROSS JOIN LATERAL (SELECT * FROM count_sheet($1, $2) WHERE line_no = k.line_no OFFSET 0) s
UNION ALL
SELECT 'lot', NULL, h.code, i.sku, i.name, i.name_hanzi, i.unit, l.id, l.lot_code, l.expires_on, NULL, NULL, NULL, NULL
  FROM lots_meant m
 CROSS JOIN LATERAL (SELECT * FROM lots WHERE shop_id = $1 AND id = m.id OFFSET 0) l
  JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
  LEFT JOIN locations h ON h.shop_id = $1 AND h.id = i.home_location_id
 WHERE NOT EXISTS (SELECT FROM lines k WHERE k.lot_id = m.id)
UNION ALL
SELECT 'place', NULL, p.code, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM places_meant p
 WHERE NOT EXISTS (SELECT FROM lines k WHERE k.location_id = p.id)
 ORDER BY line_no
 LIMIT 500
