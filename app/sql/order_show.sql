-- An order with who did what.
SELECT o.id, o.state, o.payment, o.prescription_id, o.version, o.patient_id, p.code AS patient_code,
       trim(p.given_name || ' ' || p.family_name) AS patient_name, v.dosage_form,
       (v.days * o.packets + v.packets - 1) / v.packets AS days, v.doses_per_day, o.packets,
       v.packets AS packets_prescribed, l.total_mg, o.course_ends_on, o.created_at, s.signed_by AS prescriber_id, us.display_name AS prescriber_name, us.outside_id IS NOT NULL AS prescribed_outside,
       r.released_at, ur.display_name AS released_by, f.filler_id, uf.display_name AS filler_name, k.checked_at,
       uk.display_name AS checker_name,
       k.single_person_mode_id IS NOT NULL AS single_person, k.beyond_use_on, k.total_weighed AS weighed_mg, h.handed_over_at, h.received_by,
       a.expires_at AS reserved_until, o.stopped_state IS NOT NULL AND o.stopped_state = o.state AS stopped, o.decocts, o.replaces_id,
       (SELECT n.id FROM orders n WHERE n.shop_id = o.shop_id AND n.replaces_id = o.id) AS replaced_by_id,
       j.reason AS rejected_reason, j.note AS rejected_note, uj.display_name AS rejected_by, j.rejected_at,
       b.reason AS wasted_reason, b.note AS wasted_note, ub.display_name AS wasted_by, b.wasted_at
  FROM orders o
  JOIN patients p ON p.shop_id = o.shop_id AND p.id = o.patient_id
  JOIN prescription_versions v ON v.shop_id = o.shop_id AND v.prescription_id = o.prescription_id AND v.version = o.version
  JOIN signatures s ON s.shop_id = o.shop_id AND s.prescription_id = o.prescription_id AND s.version = o.version
  JOIN prescribers us ON us.shop_id = s.shop_id AND us.prescription_id = s.prescription_id AND us.version = s.version
  LEFT JOIN allocations a ON a.shop_id = o.shop_id AND a.order_id = o.id AND a.allocation_no = o.allocation_no
  LEFT JOIN releases r ON r.shop_id = o.shop_id AND r.order_id = o.id
  LEFT JOIN users ur ON ur.shop_id = r.shop_id AND ur.id = r.released_by
  LEFT JOIN order_fillers f ON f.shop_id = o.shop_id AND f.order_id = o.id
  LEFT JOIN users uf ON uf.shop_id = f.shop_id AND uf.id = f.filler_id
  LEFT JOIN final_checks k ON k.shop_id = o.shop_id AND k.order_id = o.id
  LEFT JOIN users uk ON uk.shop_id = k.shop_id AND uk.id = k.checker_id
  CROSS JOIN LATERAL (SELECT sum(l.crude_mg)::bigint AS total_mg FROM order_lines l WHERE l.shop_id = o.shop_id AND l.order_id = o.id) l
  LEFT JOIN order_rejections j ON j.shop_id = o.shop_id AND j.order_id = o.id
  LEFT JOIN users uj ON uj.shop_id = j.shop_id AND uj.id = j.rejected_by
  LEFT JOIN order_wastes b ON b.shop_id = o.shop_id AND b.order_id = o.id
  LEFT JOIN users ub ON ub.shop_id = b.shop_id AND ub.id = b.wasted_by
  LEFT JOIN handovers h ON h.shop_id = o.shop_id AND h.order_id = o.id
 WHERE o.shop_id = $1 AND o.id = $2
