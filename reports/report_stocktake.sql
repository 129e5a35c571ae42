-- The sheet of count $2, or of the newest that is open: to be filled in and taken back in by `yaofang import stocktake`.
SELECT c.id AS count_no, n.line_no, n.location AS place, n.name, n.name_hanzi, n.sku, n.lot_code, n.expires_on,
       CASE n.unit WHEN 'mg' THEN n.expected END AS expected_mg, CASE n.unit WHEN 'each' THEN n.expected END AS expected_pieces,
       CASE n.unit WHEN 'mg' THEN n.counted END AS counted_mg, CASE n.unit WHEN 'each' THEN n.counted END AS counted_pieces,
       '' AS note
  FROM (SELECT coalesce($2::bigint, (SELECT max(id) FROM counts WHERE shop_id = $1 AND state = 'open')) AS id) c
 CROSS JOIN LATERAL count_sheet($1, c.id) n
 ORDER BY n.line_no
