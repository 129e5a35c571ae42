-- Where to begin to follow a shop: far enough back that whatever is being written at this moment lies ahead.
SELECT greatest((SELECT coalesce(max(id), 0) FROM stock_moves WHERE shop_id = $1) - 1000, 0) AS moves,
       greatest((SELECT coalesce(max(id), 0) FROM order_events WHERE shop_id = $1) - 1000, 0) AS orders,
       greatest((SELECT coalesce(max(id), 0) FROM lot_events WHERE shop_id = $1) - 1000, 0) AS lots,
       greatest((SELECT coalesce(max(id), 0) FROM audit WHERE shop_id = $1) - 1000, 0) AS changes
