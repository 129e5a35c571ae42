-- Open orders with the step each waits for, state by state the oldest first (a hundred of each), and what says who may not take it: who
-- fetched its lots and who weighed it. What hinders a release (an old screening, an open answer) is for the order itself to say.
SELECT o.id, o.state, o.payment, o.patient_id, p.code AS patient_code, trim(p.given_name || ' ' || p.family_name) AS patient_name,
       v.dosage_form, o.packets, o.created_at, o.stopped_state IS NOT NULL AS stopped, l.total_mg, l.lines, k.picker_id,
       uk.display_name AS picked_by, a.identity_rule, f.filler_id, uf.display_name AS filler_name,
       m.id IS NOT NULL AS single_person_mode, n.lots, i.looked_at, w.weighed,
       CASE WHEN o.stopped_state IS NOT NULL THEN 'stopped'
            WHEN o.state = 'entered' OR o.state = 'allocated' AND a.expires_at <= now() THEN 'allocate'
            WHEN o.state = 'short' THEN 'short'
            WHEN o.state = 'allocated' THEN 'release'
            WHEN o.state = 'released' AND a.identity_rule = 'choice' THEN 'weigh'
            WHEN o.state = 'released' AND k.picker_id IS NULL THEN 'pick'
            WHEN o.state = 'released' AND i.looked_at < n.lots THEN 'identify'
            WHEN o.state = 'released' THEN 'weigh'
            WHEN o.state = 'checked' THEN 'handover'
            WHEN s.off > 0 OR s.done < s.wanted OR s.total_wanted AND NOT s.total_done THEN 'packets'
            WHEN o.decocts AND NOT EXISTS (SELECT FROM decoction_runs d WHERE d.shop_id = o.shop_id AND d.order_id = o.id AND d.done)
            THEN 'decoct'
            WHEN EXISTS (SELECT FROM order_labels b WHERE b.shop_id = o.shop_id AND b.order_id = o.id AND b.came_out_at >= w.weighed_at)
            THEN 'check'
            ELSE 'label' END AS step
  FROM unnest(ARRAY['entered', 'short', 'allocated', 'released', 'weighed', 'checked']) WITH ORDINALITY g (state, place)
 CROSS JOIN LATERAL (SELECT * FROM orders z WHERE z.shop_id = $1 AND z.state = g.state ORDER BY z.id LIMIT 100) o
  JOIN patients p ON p.shop_id = o.shop_id AND p.id = o.patient_id
  JOIN prescription_versions v ON v.shop_id = o.shop_id AND v.prescription_id = o.prescription_id AND v.version = o.version
 CROSS JOIN LATERAL (SELECT sum(n.crude_mg)::bigint AS total_mg, count(*) AS lines FROM order_lines n
                      WHERE n.shop_id = o.shop_id AND n.order_id = o.id) l
  LEFT JOIN allocations a ON a.shop_id = o.shop_id AND a.order_id = o.id AND a.allocation_no = o.allocation_no
  LEFT JOIN order_picks k ON k.shop_id = o.shop_id AND k.order_id = o.id AND k.allocation_no = o.allocation_no
  LEFT JOIN users uk ON uk.shop_id = k.shop_id AND uk.id = k.picker_id
  LEFT JOIN order_fillers f ON f.shop_id = o.shop_id AND f.order_id = o.id
  LEFT JOIN users uf ON uf.shop_id = f.shop_id AND uf.id = f.filler_id
  LEFT JOIN single_person_modes m ON m.shop_id = o.shop_id AND m.switched_off_at IS NULL
  LEFT JOIN LATERAL (SELECT * FROM packet_check_state c WHERE c.shop_id = o.shop_id AND c.order_id = o.id AND o.state = 'weighed') s ON true
 CROSS JOIN LATERAL (SELECT count(*) AS lots FROM reservations n
                      WHERE n.shop_id = o.shop_id AND n.order_id = o.id AND n.allocation_no = o.allocation_no) n
 CROSS JOIN LATERAL (SELECT count(*) AS looked_at FROM identity_checks i
                      WHERE i.shop_id = o.shop_id AND i.order_id = o.id AND i.allocation_no = o.allocation_no) i
 CROSS JOIN LATERAL (SELECT count(*) AS weighed, max(w.weighed_at) AS weighed_at FROM weighings w
                      WHERE w.shop_id = o.shop_id AND w.order_id = o.id AND w.allocation_no = o.allocation_no) w
 ORDER BY g.place DESC, o.id
