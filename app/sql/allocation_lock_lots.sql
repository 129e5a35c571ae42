-- Locks every lot of the order's items, in id order (as stock_book does): until this transaction ends nobody else reserves or
-- books them, and the next statement sees what those before us left. Two orders for the same herbs queue here.
SELECT count(*) AS lots
  FROM (SELECT l.id FROM lots l
         WHERE l.shop_id = $1 AND l.item_id IN (SELECT item_id FROM order_lines WHERE shop_id = $1 AND order_id = $2)
         ORDER BY l.id
           FOR NO KEY UPDATE) locked
