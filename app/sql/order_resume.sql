-- An order whose stops all have their ends goes on.
UPDATE orders o SET stopped_state = NULL
 WHERE o.shop_id = $1 AND o.id = $2
   AND NOT EXISTS (SELECT FROM order_stops p WHERE p.shop_id = o.shop_id AND p.order_id = o.id
                      AND NOT EXISTS (SELECT FROM order_stop_ends e WHERE e.shop_id = p.shop_id AND e.order_id = p.order_id
                                                                      AND e.stop_no = p.stop_no))
