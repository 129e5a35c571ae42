-- Locks lots in id order, as stock_book does: until this transaction ends nobody else books or reserves them.
SELECT count(*) AS lots
  FROM (SELECT id FROM lots WHERE shop_id = $1 AND id = ANY ($2::bigint[]) ORDER BY id FOR NO KEY UPDATE) locked
