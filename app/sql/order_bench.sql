-- What the bench asks of an order and how far it is: the band of its weights, who picked and weighed, how many lots were looked at and
-- weighed, packets weighed again, how often its patient label was printed, and whether one came
-- out with the weights it has now.
SELECT a.tolerance_permille, a.identity_rule, k.picker_id, u.display_name AS picked_by, k.picked_at, m.id IS NOT NULL AS single_person_mode,
       coalesce(s.wanted, 0) AS packets_wanted, coalesce(s.done, 0) AS packets_done, coalesce(s.off, 0) AS packets_off,
       coalesce(s.total_wanted, false) AS total_wanted, coalesce(s.total_done, false) AS total_done,
       r.lots, r.looked_at, r.weighed, coalesce(l.copies, 0) AS label_copies, coalesce(l.came_out_at >= r.weighed_at, false) AS labelled
  FROM orders o
  LEFT JOIN allocations a ON a.shop_id = o.shop_id AND a.order_id = o.id AND a.allocation_no = o.allocation_no
  LEFT JOIN order_picks k ON k.shop_id = o.shop_id AND k.order_id = o.id AND k.allocation_no = o.allocation_no
  LEFT JOIN users u ON u.shop_id = k.shop_id AND u.id = k.picker_id
  LEFT JOIN single_person_modes m ON m.shop_id = o.shop_id AND m.switched_off_at IS NULL
  LEFT JOIN packet_check_state s ON s.shop_id = o.shop_id AND s.order_id = o.id
 CROSS JOIN LATERAL (
    SELECT count(*) AS lots, count(i.lot_id) AS looked_at, count(w.lot_id) AS weighed, max(w.weighed_at) AS weighed_at
      FROM reservations n
      LEFT JOIN identity_checks i ON i.shop_id = n.shop_id AND i.order_id = n.order_id AND i.allocation_no = n.allocation_no
                                 AND i.line_no = n.line_no AND i.lot_id = n.lot_id AND i.location_id = n.location_id
      LEFT JOIN weighings w ON w.shop_id = n.shop_id AND w.order_id = n.order_id AND w.allocation_no = n.allocation_no
                           AND w.line_no = n.line_no AND w.lot_id = n.lot_id AND w.location_id = n.location_id
     WHERE n.shop_id = o.shop_id AND n.order_id = o.id AND n.allocation_no = o.allocation_no) r
  LEFT JOIN order_labels l ON l.shop_id = o.shop_id AND l.order_id = o.id
 WHERE o.shop_id = $1 AND o.id = $2
