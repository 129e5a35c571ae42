-- A rule as the shop has it, newest approved or not withdrawn version first, else as the reference has it: what a proposal that says
-- less than everything starts from. A general rule has no sides.
SELECT retired, id, kind, subject_kind, subject_id, object_kind, object_id, severity, effect, mechanism, evidence_level,
       evidence_class, evidence_direction, action, citation, '' AS citation_seen, threshold_g, below_severity, lasting_days,
       stop_days_before, lowers_to, note, '' AS source, confidence, version
  FROM (SELECT 1 AS nearest, false AS retired, p.key AS id, r.kind, r.subject_kind, r.subject_id, r.object_kind, r.object_id,
               r.severity, r.effect, r.mechanism, r.evidence_level, r.evidence_class, r.evidence_direction, r.action, p.citation,
               r.threshold_g, r.below_severity, r.lasting_days, r.stop_days_before, r.lowers_to, r.note, r.confidence, p.version
          FROM evidence_in_force($1::bigint, shop_today($1)) p
          JOIN shop_rules r ON r.shop_id = p.shop_id AND r.proposal_id = p.id
         WHERE p.kind = 'rule' AND p.key = $2::text
        UNION ALL
        SELECT 2, retired_at IS NOT NULL, id, kind, subject_kind, subject_id, object_kind, object_id, severity, effect, mechanism,
               evidence_level, evidence_class, evidence_direction, action, citation, threshold_g, below_severity, lasting_days,
               stop_days_before, lowers_to, note, confidence, version
          FROM rules WHERE id = $2 AND retired_at IS NULL
        UNION ALL
        SELECT 2, false, id, 'general', NULL, NULL, NULL, NULL, severity, effect, mechanism, '', NULL, NULL, action, citation,
               NULL, NULL, NULL, NULL, NULL, '', confidence, version
          FROM general_rules WHERE id = $2 AND retired_at IS NULL
        UNION ALL -- a rule of the shop's own that is not in force: the newest that was ever proposed
        SELECT 3, false, p.key, r.kind, r.subject_kind, r.subject_id, r.object_kind, r.object_id,
               r.severity, r.effect, r.mechanism, r.evidence_level, r.evidence_class, r.evidence_direction, r.action, p.citation,
               r.threshold_g, r.below_severity, r.lasting_days, r.stop_days_before, r.lowers_to, r.note, r.confidence, p.version
          FROM evidence_proposals p JOIN shop_rules r ON r.shop_id = p.shop_id AND r.proposal_id = p.id
         WHERE p.shop_id = $1 AND p.kind = 'rule' AND p.key = $2) now
 ORDER BY nearest, version DESC
 LIMIT 1
