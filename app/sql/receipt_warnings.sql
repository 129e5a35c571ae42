-- What a person should know of a delivery before it is booked: line 0 is the whole. An expiry that a line
-- does not give is the known lot's own, which it keeps.
WITH lines AS (
    SELECT n.*, l.id AS lot_id, l.status AS lot_status, coalesce(n.expires_on, l.expires_on) AS lasts
      FROM unnest($5::bigint[], $6::text[], $7::date[], $8::bigint[], $9::text[])
           WITH ORDINALITY n (item_id, lot_code, expires_on, quantity, status, line_no)
      JOIN suppliers s ON s.shop_id = $1 AND s.code = $2
      LEFT JOIN lots l ON l.shop_id = $1 AND l.item_id = n.item_id AND l.supplier_id = s.id AND l.lot_code = n.lot_code
), ordered AS (
    SELECT item_id, sum(quantity - received_quantity) AS open FROM purchase_order_lines
     WHERE shop_id = $1 AND purchase_order_id = $4::bigint AND quantity > 0
     GROUP BY item_id
)
SELECT 0::bigint AS line_no, 'known_invoice' AS warning, r.id::text AS value
  FROM receipts r JOIN suppliers s ON s.shop_id = r.shop_id AND s.id = r.supplier_id
 WHERE r.shop_id = $1 AND s.code = $2 AND r.invoice = $3 AND r.undone_at IS NULL
 UNION ALL
SELECT line_no, CASE WHEN lasts IS NULL THEN 'no_expiry' WHEN lasts < (SELECT shop_today($1)) THEN 'expired' ELSE 'short_expiry' END,
       coalesce(lasts::text, '')
  FROM lines WHERE lasts IS NULL OR lasts < (SELECT shop_today($1)) + 90
 UNION ALL
SELECT line_no, 'known_lot', lot_status FROM lines WHERE lot_id IS NOT NULL
 UNION ALL
SELECT line_no, 'quarantined', '' FROM lines WHERE lot_id IS NULL AND status = 'quarantined'
 UNION ALL
SELECT n.line_no, CASE WHEN o.item_id IS NULL THEN 'not_ordered' ELSE 'over_ordered' END, greatest(coalesce(o.open, 0), 0)::text
  FROM (SELECT *, sum(quantity) OVER (PARTITION BY item_id ORDER BY line_no) AS so_far FROM lines) n
  LEFT JOIN ordered o ON o.item_id = n.item_id
 WHERE $4::bigint IS NOT NULL AND (o.item_id IS NULL OR n.so_far > o.open)
 ORDER BY 1, 2
