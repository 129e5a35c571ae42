-- What a part of a short order may be made of: how many packets what is free now allows, how its payment stands, and whether the rest of
-- its supply was given up.
SELECT packets_possible(o.shop_id, o.id)::bigint AS packets, o.payment, s.ended_at IS NOT NULL AS given_up
  FROM orders o
  JOIN supplies s ON s.shop_id = o.shop_id AND s.prescription_id = o.prescription_id AND s.version = o.version
                 AND s.supply_no = o.supply_no
 WHERE o.shop_id = $1 AND o.id = $2
