-- The work list, the gravest first and then the oldest: what waits or is taken (?state absent), of one state, one severity, one
-- patient, or one's own ($2, ?mine); one piece ($3), whatever its state. The next page begins behind the last id of this one.
SELECT w.id, w.state, w.severity, f.kind, w.why, w.raised_at, f.subject_id, f.subject_name, f.subject_typed, f.object_id, f.object_name,
       f.object_typed, f.effect, f.detail, f.action, f.mechanism, f.evidence, f.citation, f.rule_id, f.rule_version, f.daily_mg,
       to_json(string_to_array(f.via, ';')) AS via,
       w.screening_id, w.finding_no,
       w.patient_id, p.code AS patient_code, trim(p.given_name || ' ' || p.family_name) AS patient_name, p.phone AS patient_phone,
       w.prescription_id, w.version, o.order_id, o.state AS order_state, c.handed_over, c.first_on, c.last_on,
       taker.display_name AS taken_by, coalesce(w.taken_by = $2::bigint, false) AS mine, w.taken_at, doer.display_name AS done_by, w.done_at, w.outcome, u.english AS outcome_english,
       w.note
  FROM work_items w
  CROSS JOIN LATERAL (SELECT array_position('{contraindicated,major,moderate,minor}'::text[], w.severity::text) AS rank) g
  JOIN findings f ON f.shop_id = w.shop_id AND f.screening_id = w.screening_id AND f.finding_no = w.finding_no
  JOIN patients p ON p.shop_id = w.shop_id AND p.id = w.patient_id
  LEFT JOIN courses c ON c.shop_id = w.shop_id AND c.patient_id = w.patient_id AND c.prescription_id = w.prescription_id
                     AND c.version = w.version
  LEFT JOIN LATERAL (SELECT o.id AS order_id, o.state FROM orders o
                      WHERE o.shop_id = w.shop_id AND o.prescription_id = w.prescription_id AND o.version = w.version
                      ORDER BY o.state IN ('handed_over', 'cancelled', 'rejected', 'wasted'), o.id DESC LIMIT 1) o ON true
  LEFT JOIN users taker ON taker.shop_id = w.shop_id AND taker.id = w.taken_by
  LEFT JOIN users doer ON doer.shop_id = w.shop_id AND doer.id = w.done_by
  LEFT JOIN work_outcomes u ON u.code = w.outcome
 WHERE w.shop_id = $1::bigint
   AND CASE WHEN $3::bigint IS NOT NULL THEN w.id = $3::bigint
            WHEN $4::text IS NULL THEN w.outcome IS NULL
            ELSE w.state = $4::text END
   AND ($5::text IS NULL OR w.severity = $5::text) AND ($6::bigint IS NULL OR w.patient_id = $6::bigint)
   AND (NOT coalesce($7::boolean, false) OR w.taken_by = $2::bigint)
   AND ($9::bigint IS NULL OR (g.rank, w.id) > (SELECT array_position('{contraindicated,major,moderate,minor}'::text[],
                                                                      l.severity::text), l.id
                                                  FROM work_items l WHERE l.shop_id = $1::bigint AND l.id = $9::bigint))
 ORDER BY g.rank, w.id
 LIMIT least(coalesce($8::bigint, 100), 1000)
