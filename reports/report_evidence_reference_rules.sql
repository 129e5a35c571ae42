-- The reference's rules that the shop has no own row for.
SELECT r.id, 'reference' AS state, r.kind, r.subject_kind, r.subject_id, r.object_kind, r.object_id, r.severity, r.effect, r.mechanism,
       r.evidence_level, r.evidence_class, r.evidence_direction, r.action, r.citation, r.threshold_g::text AS threshold_g, r.below_severity,
       r.lasting_days, r.stop_days_before, r.lowers_to, r.note, r.confidence, r.version, NULL::date AS effective_from,
       NULL::date AS effective_to, NULL AS change, NULL AS reason
  FROM (SELECT id, kind, subject_kind, subject_id, object_kind, object_id, severity, effect, mechanism, evidence_level, evidence_class,
               evidence_direction, action, citation, threshold_g, below_severity, lasting_days, stop_days_before, lowers_to, note,
               confidence, version
          FROM rules WHERE retired_at IS NULL
        UNION ALL
        SELECT id, 'general', NULL, NULL, NULL, NULL, severity, effect, mechanism, NULL, NULL, NULL, action, citation, NULL, NULL, NULL,
               NULL, NULL, NULL, confidence, version
          FROM general_rules WHERE retired_at IS NULL) r
 WHERE NOT EXISTS (SELECT FROM evidence_in_force($1::bigint, shop_today($1)) p WHERE p.kind = 'rule' AND p.key = r.id AND p.change <> 'revert')
 ORDER BY r.id
