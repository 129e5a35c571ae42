-- An order went past a screening's findings (0: the one it was released on): all were shown to the pharmacist who released it, the
-- critical ones at the counter too; those were overridden with the reason of their answer.
INSERT INTO alert_events (shop_id, rule_id, rule_version, rule_origin, finding_kind, severity, about, role, moment, what, occasion,
                          reason, note, source, prescription_id, order_id, user_id)
SELECT f.shop_id, f.rule_id, f.rule_version, f.rule_origin, f.kind, f.severity,
       finding_about(f.subject_id, f.subject_typed, f.object_id, f.object_typed), $3::text, $6::text, e.what,
       format('order %s', $7::bigint), e.reason, e.note, $4::text, s.prescription_id, $7::bigint, $5::bigint
  FROM screenings s
  JOIN findings f ON f.shop_id = s.shop_id AND f.screening_id = s.id
  LEFT JOIN answers a ON a.shop_id = f.shop_id AND a.screening_id = f.screening_id AND a.critical_no = f.critical_no
 CROSS JOIN LATERAL (SELECT 'shown' AS what, '' AS reason, '' AS note
                      UNION ALL SELECT 'overridden', a.reason, a.note WHERE a.reason IS NOT NULL) e
 WHERE s.shop_id = $1::bigint
   AND s.id = coalesce(nullif($2::bigint, 0), (SELECT screening_id FROM releases WHERE shop_id = $1 AND order_id = $7))
   AND ($6 = 'release' OR f.critical_no IS NOT NULL)
ON CONFLICT ON CONSTRAINT alert_events_once DO NOTHING
