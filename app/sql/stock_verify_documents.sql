-- Where the documents of stock and the ledger do not agree: goods on their way, batches, reservations, corrections, counts,
-- which lots hold anything, what months closed with and days used, and files against their checksums. Nothing, ever: each row says of what, what is found, and what must hold.
SELECT 'lot ' || lot_id || ' in transit' AS subject, in_transit::text AS value,
       'must be what is open of the transfers: ' || open AS rule
  FROM transfer_differences WHERE shop_id = $1
UNION ALL
SELECT 'batch ' || coalesce(batch_id::text, '?'), moved::text, 'must be, of ' || what || ', ' || said
  FROM batch_differences WHERE shop_id = $1
UNION ALL
SELECT 'lot ' || lot_id || ' at location ' || location_id || CASE WHEN order_id > 0 THEN ', order ' || order_id ELSE '' END,
       reserved::text, what || CASE WHEN order_id = 0 THEN ': ' || there ELSE '' END
  FROM reservation_differences WHERE shop_id = $1
UNION ALL
SELECT subject, value, rule FROM order_differences WHERE shop_id = $1
UNION ALL
SELECT subject, value, rule FROM supply_differences WHERE shop_id = $1
UNION ALL
SELECT 'adjustment ' || a.id, coalesce(sum(m.quantity), 0)::text, 'must have moved what was decided: ' || a.quantity
  FROM adjustments a
  LEFT JOIN stock_moves m ON m.shop_id = a.shop_id AND m.adjustment_id = a.id AND m.lot_id = a.lot_id
       AND m.from_location_id = a.from_location_id AND m.to_location_id = a.to_location_id
 WHERE a.shop_id = $1 AND a.state = 'booked'
 GROUP BY a.id, a.quantity
HAVING coalesce(sum(m.quantity), 0) <> a.quantity
UNION ALL
SELECT 'count ' || k.count_id || ' line ' || k.line_no, k.difference::text, 'must be what was booked: ' || m.booked
  FROM count_bookings k
  JOIN count_lines n ON n.shop_id = k.shop_id AND n.count_id = k.count_id AND n.line_no = k.line_no
 CROSS JOIN LATERAL (
        SELECT coalesce(sum(CASE WHEN m.to_location_id = n.location_id THEN m.quantity ELSE -m.quantity END), 0) AS booked
          FROM stock_moves m
         WHERE m.shop_id = k.shop_id AND m.count_id = k.count_id AND m.lot_id = n.lot_id
           AND n.location_id IN (m.from_location_id, m.to_location_id)) m
 WHERE k.shop_id = $1 AND k.difference <> m.booked
UNION ALL
SELECT 'lot ' || l.id || ', ' || l.lot_code, CASE WHEN l.in_stock THEN 'in stock' ELSE 'empty' END,
       'must be what its balances say: ' || CASE WHEN l.in_stock THEN 'nothing of it lies in the shop' ELSE 'some of it lies in the shop' END
  FROM lots l
  LEFT JOIN (SELECT DISTINCT lot_id FROM balances WHERE shop_id = $1 AND internal AND quantity > 0) b ON b.lot_id = l.id
 WHERE l.shop_id = $1 AND l.in_stock <> (b.lot_id IS NOT NULL)
UNION ALL
SELECT 'lot ' || lot_id || ', month ' || to_char(month, 'YYYY-MM'), kept || coalesce(' in ' || kept_moves, ''),
       'must be what its moves sum to: ' || moved || coalesce(' in ' || moves, '')
  FROM month_differences WHERE shop_id = $1
UNION ALL
SELECT 'item ' || item_id || ', use', CASE WHEN total = used THEN total::text ELSE total || ', of ' || used || ' day by day' END,
       'must be what its moves sum to: ' || moved
  FROM use_differences WHERE shop_id = $1
UNION ALL
SELECT 'attachment ' || id || ', ' || file_name, encode(sha256(bytes), 'hex'),
       'must be the checksum it arrived with: ' || sha256 || ', of ' || size || ' bytes'
  FROM attachments
 WHERE shop_id = $1 AND (size <> octet_length(bytes) OR sha256 <> encode(sha256(bytes), 'hex'))
