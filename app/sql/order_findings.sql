-- What that screening found, with the answers, who has read them, and what the patient is told for them: they go with the order
-- to release, hand-over and refill. `tier`: how loudly they are shown to the role $3 at the order's next step.
SELECT f.finding_no, f.critical_no IS NOT NULL AS critical, f.kind, f.severity,
       t.tier,
       json_build_object('id', nullif(f.subject_id, ''), 'name', nullif(f.subject_name, ''), 'typed', nullif(f.subject_typed, '')) AS subject,
       json_build_object('id', nullif(f.object_id, ''), 'name', nullif(f.object_name, ''), 'typed', nullif(f.object_typed, '')) AS object,
       to_json(string_to_array(f.via, ';')) AS via, f.daily_mg, f.effect, f.mechanism, f.evidence, f.action, f.citation, f.detail, f.rule_id AS rule, f.rule_version,
       CASE WHEN a.answer_no IS NOT NULL THEN
            json_build_object('answer_no', a.answer_no, 'reason', a.reason, 'reason_english', r.english, 'note', a.note,
                              'answered_by', u.display_name, 'answered_at', a.answered_at, 'carried_from', a.carried_from,
                              'acknowledged_by', reader.display_name, 'acknowledged_at', k.acknowledged_at,
                              'counselling', nullif(r.counselling, '')) END AS answer
  -- Each OFFSET 0 is a step of its own, by key: one plan for all, kept since there were few, would read every finding of the shop.
  FROM orders o
 CROSS JOIN LATERAL (SELECT coalesce((SELECT h.screening_id FROM handovers h WHERE h.shop_id = o.shop_id AND h.order_id = o.id),
                                     (SELECT max(l.id) FROM screenings l
                                       WHERE l.shop_id = o.shop_id AND l.prescription_id = o.prescription_id
                                         AND l.version = o.version)) AS id OFFSET 0) s
 CROSS JOIN LATERAL (SELECT * FROM findings WHERE shop_id = $1 AND screening_id = s.id OFFSET 0) f
 CROSS JOIN LATERAL (SELECT v.severity, tier_for($1::bigint, $3::text, CASE WHEN o.state IN ('entered', 'short', 'allocated')
                                                                            THEN 'release' ELSE 'handover' END, v.severity) AS tier
                       FROM unnest('{contraindicated,major,moderate,minor}'::text[]) v (severity) OFFSET 0) t
  LEFT JOIN answers a ON a.shop_id = f.shop_id AND a.screening_id = f.screening_id AND a.critical_no = f.critical_no
  LEFT JOIN answer_reasons r ON r.code = a.reason
  LEFT JOIN users u ON u.shop_id = a.shop_id AND u.id = a.answered_by
  LEFT JOIN acknowledgements k ON k.shop_id = a.shop_id AND k.screening_id = a.screening_id AND k.answer_no = a.answer_no
  LEFT JOIN users reader ON reader.shop_id = k.shop_id AND reader.id = k.acknowledged_by
 WHERE o.shop_id = $1 AND o.id = $2 AND t.severity = f.severity
 ORDER BY f.finding_no
