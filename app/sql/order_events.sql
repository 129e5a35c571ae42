-- What happened to an order, in order.
SELECT e.event, e.state, e.note, u.display_name AS by, e.at
  FROM order_events e
  LEFT JOIN users u ON u.shop_id = e.shop_id AND u.id = e.user_id
 WHERE e.shop_id = $1 AND e.order_id = $2
 ORDER BY e.id
