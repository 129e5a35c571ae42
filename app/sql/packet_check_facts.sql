-- What packets of an order should weigh, and how often each was weighed already. Number 0 is all of it.
SELECT n.packet_no::bigint AS packet_no,
       (CASE WHEN n.packet_no = 0 THEN s.weighed ELSE s.weighed / o.packets END)::bigint AS planned,
       a.tolerance_permille::bigint AS tolerance_permille, o.packets::bigint AS packets,
       coalesce((SELECT max(p.attempt_no) FROM packet_checks p WHERE p.shop_id = $1 AND p.order_id = $2
                    AND p.packet_no = n.packet_no), 0)::bigint AS attempts
  FROM orders o
  JOIN allocations a ON a.shop_id = o.shop_id AND a.order_id = o.id AND a.allocation_no = o.allocation_no
 CROSS JOIN LATERAL (SELECT order_weighed(o.shop_id, o.id, o.allocation_no) AS weighed) s
 CROSS JOIN unnest($3::bigint[]) n (packet_no)
 WHERE o.shop_id = $1 AND o.id = $2
