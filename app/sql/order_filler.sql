-- Who is weighing an order.
SELECT f.filler_id, u.display_name AS filler_name
  FROM order_fillers f JOIN users u ON u.shop_id = f.shop_id AND u.id = f.filler_id
 WHERE f.shop_id = $1 AND f.order_id = $2
