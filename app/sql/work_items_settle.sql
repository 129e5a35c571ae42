-- Ends what waits for a finding that the version's screening just made or answered ($2) does not have any more, saying what went
-- away, or that has its answer there. LATERAL and OFFSET 0: from each screening to its own items and from each item to its own
-- findings, always; while the tables' sizes are not known yet, the other way round reads all findings for every item.
WITH ends AS (
    SELECT w.id, f.finding_no IS NULL AS gone, a.answered_by, a.reason,
           coalesce((SELECT 'medicine stopped: ' || m.typed FROM patient_medicines m
                      WHERE m.shop_id = w.shop_id AND m.patient_id = w.patient_id AND m.typed = was.object_typed
                        AND m.stopped_at >= w.raised_at LIMIT 1),
                    (SELECT 'condition ended: ' || d.typed FROM patient_conditions d
                      WHERE d.shop_id = w.shop_id AND d.patient_id = w.patient_id AND d.typed = was.object_typed
                        AND d.ended_at >= w.raised_at LIMIT 1),
                    (SELECT 'allergy ended: ' || y.typed FROM patient_allergies y
                      WHERE y.shop_id = w.shop_id AND y.patient_id = w.patient_id
                        AND y.typed IN (was.object_typed, was.subject_typed) AND y.ended_at >= w.raised_at LIMIT 1),
                    CASE WHEN s.knowledge_version <> raised.knowledge_version
                         THEN 'the rule book has no such finding any more, or says it otherwise' END,
                    'is not found any more') AS why
      FROM (SELECT * FROM screenings WHERE shop_id = $1::bigint AND id = ANY ($2::bigint[]) OFFSET 0) s
      CROSS JOIN LATERAL (SELECT * FROM work_items
                           WHERE shop_id = s.shop_id AND prescription_id = s.prescription_id AND version = s.version
                             AND outcome IS NULL OFFSET 0) w
      CROSS JOIN LATERAL (SELECT subject_typed, object_typed FROM findings
                           WHERE shop_id = w.shop_id AND screening_id = w.screening_id AND finding_no = w.finding_no OFFSET 0) was
      CROSS JOIN LATERAL (SELECT knowledge_version FROM screenings
                           WHERE shop_id = w.shop_id AND id = w.screening_id OFFSET 0) raised
      LEFT JOIN LATERAL (SELECT finding_no, critical_no FROM findings
                          WHERE shop_id = s.shop_id AND screening_id = s.id AND finding_key = w.finding_key OFFSET 0) f ON true
      LEFT JOIN LATERAL (SELECT answer_no, answered_by, reason FROM answers
                          WHERE shop_id = s.shop_id AND screening_id = s.id AND critical_no = f.critical_no OFFSET 0) a ON true
     WHERE (f.finding_no IS NULL OR a.answer_no IS NOT NULL)
)
UPDATE work_items w
   SET outcome = CASE WHEN e.gone THEN 'cause_gone' ELSE 'answered' END, done_at = now(),
       done_by = CASE WHEN NOT e.gone THEN e.answered_by END, note = CASE WHEN e.gone THEN e.why ELSE e.reason END
  FROM ends e
 WHERE w.shop_id = $1::bigint AND w.id = e.id
