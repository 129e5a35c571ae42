-- Carries over answers to the same finding into screenings just made ($2): of their prescription, with the same key, which of a
-- critical finding is everything an answer is to (finding_key in core/screening_freeze.c); answers from before there were keys, by
-- the same version of the same rule, with the same sides, severity, daily weight and detail. The latest answer counts; who gave it,
-- when and where stays on record.
INSERT INTO answers (shop_id, screening_id, answer_no, critical_no, reason, note, answered_by, answered_at, carried_from)
SELECT f.shop_id, f.screening_id, row_number() OVER (PARTITION BY f.screening_id ORDER BY f.critical_no), f.critical_no,
       earlier.reason, earlier.note, earlier.answered_by, earlier.answered_at, coalesce(earlier.carried_from, earlier.screening_id)
  FROM findings f
  JOIN screenings s ON s.shop_id = f.shop_id AND s.id = f.screening_id
  JOIN LATERAL (SELECT a.*
                  FROM screenings old
                  JOIN findings same ON same.shop_id = old.shop_id AND same.screening_id = old.id
                  JOIN answers a ON a.shop_id = same.shop_id AND a.screening_id = same.screening_id
                                AND a.critical_no = same.critical_no
                 WHERE old.shop_id = s.shop_id AND old.prescription_id = s.prescription_id AND old.id < s.id
                   AND CASE WHEN same.finding_key IS NOT NULL THEN same.finding_key = f.finding_key
                            ELSE (same.kind, same.severity, same.rule_id, same.rule_version, same.rule_origin, same.subject_id,
                                  same.object_id, same.via)
                               = (f.kind, f.severity, f.rule_id, f.rule_version, f.rule_origin, f.subject_id, f.object_id, f.via)
                             AND (f.subject_id <> '' OR same.subject_typed = f.subject_typed)
                             AND (f.object_id <> '' OR same.object_typed = f.object_typed)
                             AND same.daily_mg IS NOT DISTINCT FROM f.daily_mg AND (f.kind = 'limit' OR same.detail = f.detail) END
                 ORDER BY old.id DESC
                 LIMIT 1) AS earlier ON true
 WHERE f.shop_id = $1::bigint AND f.screening_id = ANY ($2::bigint[]) AND f.critical_no IS NOT NULL
