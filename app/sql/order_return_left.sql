-- How many packets of an order are still in the patient's hands, by the books.
SELECT (o.packets - coalesce(max(r.packets_upto), 0))::bigint AS packets_left
  FROM orders o LEFT JOIN order_returns r ON r.shop_id = o.shop_id AND r.order_id = o.id
 WHERE o.shop_id = $1 AND o.id = $2 AND o.state = 'handed_over'
 GROUP BY o.packets
