-- Locks the orders a ticket charges, in id order, before any lot: as the steps of an order do. A finished one needs no lock.
SELECT count(*) AS orders
  FROM (SELECT id FROM orders WHERE shop_id = $1 AND id = ANY ($2::bigint[]) ORDER BY id FOR NO KEY UPDATE) locked
