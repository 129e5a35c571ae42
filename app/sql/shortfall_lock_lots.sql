-- Locks the lots that could fill a line, in id order as every booking does.
SELECT l.id FROM lots l
  JOIN order_lines n ON n.shop_id = l.shop_id AND n.item_id = l.item_id
 WHERE l.shop_id = $1 AND n.order_id = $2 AND n.line_no = $3::integer
 ORDER BY l.id FOR NO KEY UPDATE OF l
