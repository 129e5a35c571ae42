-- What a delivery brought of what was ordered; with $4 true it is taken back. The order is received once nothing is open.
WITH came AS (
    SELECT l.item_id, sum(m.quantity) * CASE WHEN $4::boolean THEN -1 ELSE 1 END AS quantity
      FROM stock_moves m JOIN lots l ON l.shop_id = m.shop_id AND l.id = m.lot_id
     WHERE m.shop_id = $1 AND m.receipt_id = $3 AND m.reason = 'received'
     GROUP BY l.item_id
), filled AS (
    UPDATE purchase_order_lines p SET received_quantity = p.received_quantity + c.quantity
      FROM came c
     WHERE p.shop_id = $1 AND p.purchase_order_id = $2 AND p.item_id = c.item_id
    RETURNING p.line_no, p.quantity, p.received_quantity, c.quantity AS now
), noted AS (
    INSERT INTO purchase_receipts (shop_id, receipt_id, purchase_order_id, line_no, quantity)
    SELECT $1, $3, $2, line_no, now FROM filled
), lines AS (
    SELECT coalesce(f.received_quantity, p.received_quantity) AS received, p.quantity
      FROM purchase_order_lines p LEFT JOIN filled f ON f.line_no = p.line_no
     WHERE p.shop_id = $1 AND p.purchase_order_id = $2
)
UPDATE purchase_orders SET state = CASE WHEN (SELECT bool_and(received >= quantity) FROM lines) THEN 'received'
                                        WHEN (SELECT bool_or(received > 0) FROM lines) THEN 'part_received' ELSE 'sent' END
 WHERE shop_id = $1 AND id = $2
