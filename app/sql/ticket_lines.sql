-- What is on a ticket.
SELECT l.line_no, l.item_id, i.sku, coalesce(i.name, 'Compounded order ' || l.order_id) AS name, i.name_hanzi, l.order_id, l.quantity,
       coalesce(i.unit, 'each') AS unit, t.lot_code
  FROM ticket_lines l
  LEFT JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
  LEFT JOIN lots t ON t.shop_id = l.shop_id AND t.id = l.lot_id
 WHERE l.shop_id = $1 AND l.ticket_id = $2 AND l.removed_at IS NULL
 ORDER BY l.line_no
