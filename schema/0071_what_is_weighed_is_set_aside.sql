-- What an order has on the scales is set aside for it with the weight on the scales: of a lot that was promised to its last gram,
-- one order may weigh a little more than planned and another a little less. More on the scales than planned takes nothing from a
-- promise before it is booked; the booking ends what it took away (app/sql/reservations_trim.sql), and no two orders weigh more
-- together than lies there (app/sql/weighing_beyond.sql).
CREATE OR REPLACE VIEW reservation_differences WITH (security_invoker = true) AS
SELECT b.shop_id, b.lot_id, b.location_id, 0::bigint AS order_id, b.quantity AS there, r.quantity AS reserved,
       'more is reserved than lies there' AS what
  FROM (SELECT a.shop_id, a.lot_id, a.location_id, sum(least(a.quantity, w.weighed))::bigint AS quantity
          FROM reservations a
          LEFT JOIN weighings w ON w.shop_id = a.shop_id AND w.order_id = a.order_id AND w.allocation_no = a.allocation_no
                               AND w.line_no = a.line_no AND w.lot_id = a.lot_id AND w.location_id = a.location_id
         WHERE a.ended_at IS NULL AND a.expires_at > now() GROUP BY a.shop_id, a.lot_id, a.location_id) r
  JOIN balances b ON b.shop_id = r.shop_id AND b.lot_id = r.lot_id AND b.location_id = r.location_id
 WHERE r.quantity > b.quantity
UNION ALL
SELECT r.shop_id, r.lot_id, r.location_id, o.id, 0, r.quantity, 'is reserved for an order that has ended'
  FROM reservations r
  JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
 WHERE r.ended_at IS NULL AND o.state IN ('checked', 'handed_over', 'cancelled', 'rejected', 'wasted');
