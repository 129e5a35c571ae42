-- A screening was stored: its findings are shown for signing. What the screening before it found and this one does not was heeded,
-- when it was the prescription or the patient that changed: then the same rule book stands behind both.
WITH now_screened AS (
    SELECT shop_id, id, prescription_id, version, profile_version, knowledge_version
      FROM screenings WHERE shop_id = $1::bigint AND id = $2::bigint
), before AS (
    SELECT b.shop_id, b.id, b.version
      FROM now_screened n
      CROSS JOIN LATERAL (SELECT s.* FROM screenings s
                           WHERE s.shop_id = n.shop_id AND s.prescription_id = n.prescription_id AND s.id < n.id
                           ORDER BY s.id DESC LIMIT 1) b
     WHERE b.knowledge_version = n.knowledge_version
       AND (b.version, b.profile_version) IS DISTINCT FROM (n.version, n.profile_version)
), found AS (
    SELECT f.*, n.version, n.prescription_id, finding_about(subject_id, subject_typed, object_id, object_typed) AS about
      FROM now_screened n JOIN findings f ON f.shop_id = n.shop_id AND f.screening_id = n.id
), gone AS (
    SELECT f.*, b.version, n.prescription_id, finding_about(subject_id, subject_typed, object_id, object_typed) AS about
      FROM before b CROSS JOIN now_screened n JOIN findings f ON f.shop_id = b.shop_id AND f.screening_id = b.id
     WHERE NOT EXISTS (SELECT FROM found still
                        WHERE (still.rule_id, still.kind) = (f.rule_id, f.kind)
                          AND still.about = finding_about(f.subject_id, f.subject_typed, f.object_id, f.object_typed))
)
INSERT INTO alert_events (shop_id, rule_id, rule_version, rule_origin, finding_kind, severity, about, role, moment, what, occasion,
                          source, prescription_id, user_id)
SELECT shop_id, rule_id, rule_version, rule_origin, kind, severity, about, $3::text, 'sign', what,
       format('prescription %s version %s', prescription_id, version), $4::text, prescription_id, $5::bigint
  FROM (SELECT *, 'shown' AS what FROM found
        UNION ALL SELECT *, 'shown' FROM gone
        UNION ALL SELECT *, 'heeded' FROM gone) events
ON CONFLICT ON CONSTRAINT alert_events_once DO NOTHING
