-- Locks the lots in stock that could fill a line, in id order as every booking does. A lot that comes in after it is nobody's.
SELECT l.id AS lot_id FROM lots l
  JOIN order_lines n ON n.shop_id = l.shop_id AND n.item_id = l.item_id
 WHERE l.shop_id = $1 AND n.order_id = $2 AND n.line_no = $3::integer AND l.in_stock
 ORDER BY l.id FOR NO KEY UPDATE OF l
