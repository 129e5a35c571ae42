-- What is on a ticket now, as it was added.
SELECT line_no::bigint AS line_no, coalesce(item_id, 0) AS item_id, coalesce(order_id, 0) AS order_id,
       coalesce(lot_id, 0) AS lot_id, quantity
  FROM ticket_lines
 WHERE shop_id = $1 AND ticket_id = $2 AND removed_at IS NULL
 ORDER BY line_no
