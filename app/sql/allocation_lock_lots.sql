-- Locks every lot in stock of the order's items, in id order (as stock_book_for does): until this transaction ends nobody else
-- reserves or books them. The next statement takes from these and no others, and sees what those before us left. Two orders
-- for the same herbs queue here.
SELECT l.id FROM lots l
 WHERE l.shop_id = $1 AND l.in_stock AND l.item_id IN (SELECT item_id FROM order_lines WHERE shop_id = $1 AND order_id = $2)
 ORDER BY l.id
   FOR NO KEY UPDATE
