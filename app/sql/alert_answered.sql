-- Answers given in this screening by the one who acts: overridden, with the reason. What somebody overrides was shown to her.
INSERT INTO alert_events (shop_id, rule_id, rule_version, rule_origin, finding_kind, severity, about, role, moment, what, occasion,
                          reason, note, source, prescription_id, user_id)
SELECT f.shop_id, f.rule_id, f.rule_version, f.rule_origin, f.kind, f.severity,
       finding_about(f.subject_id, f.subject_typed, f.object_id, f.object_typed), $3::text, 'sign', e.what,
       format('prescription %s version %s', s.prescription_id, s.version),
       CASE e.what WHEN 'overridden' THEN a.reason ELSE '' END, CASE e.what WHEN 'overridden' THEN a.note ELSE '' END,
       $4::text, s.prescription_id, a.answered_by
  FROM screenings s
  JOIN answers a ON a.shop_id = s.shop_id AND a.screening_id = s.id AND a.carried_from IS NULL AND a.answered_by = $5::bigint
  JOIN findings f ON f.shop_id = a.shop_id AND f.screening_id = a.screening_id AND f.critical_no = a.critical_no
 CROSS JOIN (VALUES ('shown'), ('overridden')) AS e (what)
 WHERE s.shop_id = $1::bigint AND s.id = $2::bigint
ON CONFLICT ON CONSTRAINT alert_events_once DO NOTHING
