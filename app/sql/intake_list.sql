-- Prescriptions written elsewhere, the newest first: one ($2), of one state ($3), of one patient ($4).
SELECT i.id, t.state, i.patient_id, p.code AS patient_code, trim(p.given_name || ' ' || p.family_name) AS patient_name, i.prescriber_id,
       o.name AS prescriber_name, o.address AS prescriber_address, o.phone AS prescriber_phone,
       o.registration AS prescriber_registration, o.registered_with, i.number, i.written_on, i.how, i.received_at,
       u.display_name AS received_by, i.replaces_id, i.note,
       (SELECT count(*) FROM attachments a WHERE a.shop_id = i.shop_id AND a.intake_id = i.id) AS pages,
       (SELECT string_agg(a.sha256, ' ' ORDER BY a.id) FROM attachments a WHERE a.shop_id = i.shop_id AND a.intake_id = i.id) AS sha256,
       x.id AS prescription_id, v.version, e.display_name AS entered_by, v.created_by AS entered_by_id,
       v.created_at AS entered_at, coalesce(now() >= v.created_at + make_interval(mins => m.delay_minutes), false) AS second_look_due, k.matches, k.note AS check_note,
       c.display_name AS checked_by, k.checked_at, k.single_person_mode_id IS NOT NULL AS single_person, q.queries, q.open_queries,
       q.withdrawn, q.to_change, coalesce(f.unanswered, 0) AS unanswered,
       r.reason AS rejected_reason, r.note AS rejected_note, j.display_name AS rejected_by, r.rejected_at
  FROM intakes i
  JOIN patients p ON p.shop_id = i.shop_id AND p.id = i.patient_id
  JOIN outside_prescribers o ON o.shop_id = i.shop_id AND o.id = i.prescriber_id
  JOIN users u ON u.shop_id = i.shop_id AND u.id = i.received_by
  LEFT JOIN prescriptions x ON x.shop_id = i.shop_id AND x.intake_id = i.id
  LEFT JOIN LATERAL (SELECT v.version, v.created_by, v.created_at FROM prescription_versions v
                      WHERE v.shop_id = x.shop_id AND v.prescription_id = x.id ORDER BY v.version DESC LIMIT 1) v ON true
  LEFT JOIN users e ON e.shop_id = i.shop_id AND e.id = v.created_by
  LEFT JOIN LATERAL (SELECT s.critical_count - (SELECT count(*) FROM answers a WHERE a.shop_id = s.shop_id AND a.screening_id = s.id) AS unanswered
                       FROM screenings s
                      WHERE s.shop_id = x.shop_id AND s.prescription_id = x.id AND s.version = v.version
                      ORDER BY s.id DESC LIMIT 1) f ON true
  LEFT JOIN signatures g ON g.shop_id = x.shop_id AND g.prescription_id = x.id AND g.version = v.version
  LEFT JOIN intake_checks k ON k.shop_id = x.shop_id AND k.prescription_id = x.id AND k.version = v.version
  LEFT JOIN users c ON c.shop_id = k.shop_id AND c.id = k.checked_by
  LEFT JOIN intake_rejections r ON r.shop_id = i.shop_id AND r.intake_id = i.id
  LEFT JOIN users j ON j.shop_id = r.shop_id AND j.id = r.rejected_by
  LEFT JOIN single_person_modes m ON m.shop_id = i.shop_id AND m.switched_off_at IS NULL
 CROSS JOIN LATERAL (SELECT count(*) AS queries, count(*) FILTER (WHERE a.query_no IS NULL) AS open_queries,
                           coalesce(bool_or(a.verdict = 'withdrawn'), false) AS withdrawn,
                           coalesce(bool_or(a.verdict = 'will_change' AND (v.created_at IS NULL OR a.recorded_at > v.created_at)), false) AS to_change
                      FROM intake_queries q
                       LEFT JOIN intake_answers a ON a.shop_id = q.shop_id AND a.intake_id = q.intake_id AND a.query_no = q.query_no
                      WHERE q.shop_id = i.shop_id AND q.intake_id = i.id) q
 CROSS JOIN LATERAL (SELECT CASE WHEN r.intake_id IS NOT NULL THEN 'rejected' WHEN g.version IS NOT NULL THEN 'signed'
                                 WHEN q.open_queries > 0 THEN 'queried' WHEN x.id IS NOT NULL THEN 'entered' ELSE 'received' END AS state) t
 WHERE i.shop_id = $1 AND ($2::bigint IS NULL OR i.id = $2::bigint) AND ($3::text IS NULL OR t.state = $3)
   AND ($4::bigint IS NULL OR i.patient_id = $4::bigint)
 ORDER BY i.id DESC
 LIMIT 500
