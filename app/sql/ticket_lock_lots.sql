-- Locks every lot of the items sold, in id order, as allocation and stock_book do: until the sale ends nobody else reserves or
-- books them, and the next statement sees what those before us left.
SELECT count(*) AS lots
  FROM (SELECT l.id FROM lots l WHERE l.shop_id = $1 AND l.item_id = ANY ($2::bigint[]) ORDER BY l.id FOR NO KEY UPDATE) locked
