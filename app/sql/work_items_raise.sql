-- What screenings just made ($2) found in a signed version that is being taken or prepared, and the one before did not: one
-- piece of work each, unless it waits already, has an answer from before or is quiet for a pharmacist. Why now: the rule when
-- the rule book changed ($4), else what was added to the profile since, else $3. Screenings from before there were
-- keys are compared by what findings are about. LATERAL and OFFSET 0: as in work_items_settle.sql.
INSERT INTO work_items (shop_id, patient_id, prescription_id, version, order_id, screening_id, finding_no, finding_key, severity, why)
SELECT s.shop_id, s.patient_id, s.prescription_id, s.version, w.order_id, f.screening_id, f.finding_no, f.finding_key, f.severity,
       coalesce(CASE WHEN $4::boolean AND f.rule_id <> ''
                     THEN 'the rule book changed: rule ' || f.rule_id || ', version ' || f.rule_version END,
                (SELECT 'medicine added: ' || m.typed FROM patient_medicines m
                  WHERE m.shop_id = s.shop_id AND m.patient_id = s.patient_id AND m.typed = f.object_typed
                    AND m.stopped_at IS NULL AND m.noted_at > before.made_at LIMIT 1),
                (SELECT 'condition added: ' || d.typed FROM patient_conditions d
                  WHERE d.shop_id = s.shop_id AND d.patient_id = s.patient_id AND d.typed = f.object_typed
                    AND d.ended_at IS NULL AND d.noted_at > before.made_at LIMIT 1),
                (SELECT 'allergy added: ' || a.typed FROM patient_allergies a
                  WHERE a.shop_id = s.shop_id AND a.patient_id = s.patient_id AND a.typed IN (f.object_typed, f.subject_typed)
                    AND a.ended_at IS NULL AND a.noted_at > before.made_at LIMIT 1),
                $3::text)
  FROM (SELECT * FROM screenings WHERE shop_id = $1::bigint AND id = ANY ($2::bigint[]) OFFSET 0) s
  JOIN LATERAL (SELECT o.id, o.finding_keys, o.made_at, o.knowledge_version FROM screenings o
                 WHERE o.shop_id = s.shop_id AND o.prescription_id = s.prescription_id AND o.version = s.version AND o.id < s.id
                 ORDER BY o.id DESC LIMIT 1) before ON true
  CROSS JOIN LATERAL (SELECT * FROM findings WHERE shop_id = s.shop_id AND screening_id = s.id OFFSET 0) f
  CROSS JOIN LATERAL (SELECT order_id FROM watched
                       WHERE shop_id = s.shop_id AND patient_id = s.patient_id AND prescription_id = s.prescription_id
                         AND version = s.version OFFSET 0) w
  LEFT JOIN tiers t ON t.role = 'pharmacist' AND t.moment = 'handover' AND t.severity = f.severity AND t.retired_at IS NULL
  LEFT JOIN shop_tiers own ON own.shop_id = $1::bigint AND (own.role, own.moment) = ('pharmacist', 'handover')
                          AND own.severity = f.severity
 WHERE CASE WHEN before.finding_keys IS NOT NULL THEN NOT f.finding_key = ANY (before.finding_keys)
            ELSE NOT EXISTS (SELECT FROM findings o
                              WHERE o.shop_id = s.shop_id AND o.screening_id = before.id
                                AND (o.kind, o.severity, o.rule_id, o.subject_id, o.object_id, o.object_typed)
                                  = (f.kind, f.severity, f.rule_id, f.subject_id, f.object_id, f.object_typed)) END
   AND NOT EXISTS (SELECT FROM answers a WHERE a.shop_id = f.shop_id AND a.screening_id = f.screening_id
                                           AND a.critical_no = f.critical_no OFFSET 0)
   AND coalesce(own.tier, t.tier, 'list') <> 'quiet'
 ORDER BY f.screening_id, f.finding_no
ON CONFLICT DO NOTHING
