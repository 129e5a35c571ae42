-- Every step of an order's way, in its order, each with when and by whom; `at` is NULL while it is not reached. Payment is beside the
-- work: an order is closed when it was handed over and paid or vouched for, and ready once it has passed its final check. What was queried or held on the way is order_stops'.
SELECT s.step, s.at, u.display_name AS by, coalesce(s.note, '') AS note
  FROM orders o
  JOIN signatures g ON g.shop_id = o.shop_id AND g.prescription_id = o.prescription_id AND g.version = o.version
  LEFT JOIN allocations a ON a.shop_id = o.shop_id AND a.order_id = o.id AND a.allocation_no = o.allocation_no
  LEFT JOIN releases r ON r.shop_id = o.shop_id AND r.order_id = o.id
  LEFT JOIN screenings c ON c.shop_id = o.shop_id
       AND c.id = coalesce(r.screening_id, (SELECT max(l.id) FROM screenings l WHERE l.shop_id = o.shop_id
                                               AND l.prescription_id = o.prescription_id AND l.version = o.version))
  LEFT JOIN LATERAL (SELECT min(q.quoted_at) AS quoted_at FROM ticket_lines t
                       JOIN quotes q ON q.shop_id = t.shop_id AND q.ticket_id = t.ticket_id
                      WHERE t.shop_id = o.shop_id AND t.order_id = o.id AND t.removed_at IS NULL) q ON true
  LEFT JOIN ticket_orders t ON t.shop_id = o.shop_id AND t.order_id = o.id AND t.ended_at IS NULL
  LEFT JOIN payments p ON p.shop_id = t.shop_id AND p.ticket_id = t.ticket_id
  LEFT JOIN LATERAL (SELECT e.at, e.user_id FROM order_events e
                      WHERE e.shop_id = o.shop_id AND e.order_id = o.id AND e.event = 'weighed' ORDER BY e.id DESC LIMIT 1) w ON true
  LEFT JOIN order_picks i ON i.shop_id = o.shop_id AND i.order_id = o.id AND i.allocation_no = o.allocation_no
  LEFT JOIN LATERAL (SELECT max(y.checked_at) AS at, min(y.checked_by) AS by, nullif(count(*), 0) AS lots FROM identity_checks y
                      WHERE y.shop_id = o.shop_id AND y.order_id = o.id AND y.allocation_no = o.allocation_no) y ON true
  LEFT JOIN LATERAL (SELECT max(z.checked_at) AS at, min(z.checked_by) AS by, nullif(count(*), 0) AS packets FROM packet_checks z
                      WHERE z.shop_id = o.shop_id AND z.order_id = o.id AND z.within) z ON true
  LEFT JOIN LATERAL (SELECT l.printed_at, l.printed_by FROM printed_labels l
                      WHERE l.shop_id = o.shop_id AND l.order_id = o.id AND l.kind LIKE 'patient%' ORDER BY l.printed_at LIMIT 1) l ON true
  LEFT JOIN decoction_runs x ON x.shop_id = o.shop_id AND x.order_id = o.id AND x.done
  LEFT JOIN final_checks k ON k.shop_id = o.shop_id AND k.order_id = o.id
  LEFT JOIN handovers h ON h.shop_id = o.shop_id AND h.order_id = o.id
 CROSS JOIN LATERAL (VALUES
        (1, 'received', g.signed_at, g.signed_by, NULL),
        (2, 'entered', o.created_at, o.created_by, NULL),
        (3, 'screened', c.made_at, c.made_by, 'screening ' || c.id),
        (4, 'cleared', r.released_at, r.released_by, r.critical_count || ' answers read'),
        (5, 'quoted', q.quoted_at, NULL::bigint, NULL),
        (6, CASE o.payment WHEN 'vouched' THEN 'vouched' ELSE 'paid' END, p.paid_at, p.paid_by, 'ticket ' || p.ticket_id),
        (7, 'allocated', a.allocated_at, a.allocated_by, NULL),
        (8, 'released', r.released_at, r.released_by, NULL),
        (9, 'picked', i.picked_at, i.picker_id, NULL),
        (10, 'identity_checked', y.at, y.by, y.lots || ' lots'),
        (11, 'weighed', w.at, w.user_id, NULL),
        (12, 'divided', z.at, z.by, z.packets || ' packets weighed again'),
        (13, 'decocted', x.ended_at, x.ended_by, x.bags || ' x ' || x.bag_ml || ' ml'),
        (14, 'labelled', l.printed_at, l.printed_by, NULL),
        (15, 'checked', k.checked_at, k.checker_id, NULL),
        (16, 'ready', CASE WHEN o.state IN ('checked', 'handed_over') THEN k.checked_at END, k.checker_id, NULL),
        (17, 'handed_over', h.handed_over_at, h.handed_by, h.received_by),
        (18, 'closed', CASE WHEN o.payment <> 'unpaid' AND h.order_id IS NOT NULL THEN greatest(h.handed_over_at, p.paid_at) END,
         NULL::bigint, NULL)) s (n, step, at, user_id, note)
  LEFT JOIN users u ON u.shop_id = o.shop_id AND u.id = s.user_id
 WHERE (s.n <> 13 OR o.decocts) AND o.shop_id = $1 AND o.id = $2
 ORDER BY s.n
