-- Locks the lots an order was weighed from, in id order, before the last look at them: a recall that comes now waits until the
-- check is booked, and one that came before is seen by the next statement.
SELECT count(*) AS lots
  FROM (SELECT l.id FROM lots l
         WHERE l.shop_id = $1
           AND l.id IN (SELECT w.lot_id FROM orders o
                          JOIN weighings w ON w.shop_id = o.shop_id AND w.order_id = o.id AND w.allocation_no = o.allocation_no
                         WHERE o.shop_id = $1 AND o.id = $2)
         ORDER BY l.id
           FOR NO KEY UPDATE) locked
