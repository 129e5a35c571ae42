-- Locks every lot in stock of the items sold, in id order, as allocation and stock_book do: until the sale ends nobody else reserves
-- or books them. The next statement takes from these and no others, and sees what those before us left.
SELECT l.id FROM lots l
 WHERE l.shop_id = $1 AND l.in_stock AND l.item_id = ANY ($2::bigint[])
 ORDER BY l.id
   FOR NO KEY UPDATE
