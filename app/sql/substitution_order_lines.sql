-- What an order wants: crude herb, and how much of which item.
SELECT line_no::bigint AS line_no, item_id, crude_mg, quantity FROM order_lines WHERE shop_id = $1::bigint AND order_id = $2::bigint ORDER BY line_no
