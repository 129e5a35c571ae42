-- The rules that hold for the shop today, its own beside the reference's; a reference rule the shop retired is listed as such. $2: a
-- part of id, side, effect; $3: reference or shop; $4: at most so many.
WITH own AS (
    SELECT p.key, p.version, p.change, p.effective_from, p.effective_to, p.citation, r.*
      FROM evidence_in_force($1::bigint, shop_today($1)) p
      LEFT JOIN shop_rules r ON r.shop_id = p.shop_id AND r.proposal_id = p.id
     WHERE p.kind = 'rule' AND p.change <> 'revert'
), all_rules AS (
    SELECT r.id, 'reference' AS origin, r.version, false AS retired, r.kind, r.subject_kind, r.subject_id, r.object_kind, r.object_id,
           r.severity, r.effect, r.mechanism, r.evidence_level, r.evidence_class, r.evidence_direction, r.action, r.citation,
           r.threshold_g, r.below_severity, r.lasting_days, r.stop_days_before, r.lowers_to, r.note, r.confidence,
           NULL::date AS effective_from, NULL::date AS effective_to
      FROM rules r WHERE r.retired_at IS NULL AND NOT EXISTS (SELECT FROM own WHERE own.key = r.id AND own.change = 'set')
    UNION ALL
    SELECT g.id, 'reference', g.version, false, 'general', NULL, NULL, NULL, NULL, g.severity, g.effect, g.mechanism, '', NULL, NULL,
           g.action, g.citation, NULL, NULL, NULL, NULL, NULL, '', g.confidence, NULL, NULL
      FROM general_rules g WHERE g.retired_at IS NULL AND NOT EXISTS (SELECT FROM own WHERE own.key = g.id AND own.change = 'set')
    UNION ALL
    SELECT o.key, 'shop', o.version, false, o.kind, o.subject_kind, o.subject_id, o.object_kind, o.object_id, o.severity, o.effect,
           o.mechanism, o.evidence_level, o.evidence_class, o.evidence_direction, o.action, o.citation, o.threshold_g, o.below_severity,
           o.lasting_days, o.stop_days_before, o.lowers_to, o.note, o.confidence, o.effective_from, o.effective_to
      FROM own o WHERE o.change = 'set'
)
SELECT a.id, CASE WHEN o.change = 'retire' THEN 'shop' ELSE a.origin END AS origin, coalesce(o.version, a.version) AS version,
       o.change IS NOT DISTINCT FROM 'retire' AS retired, a.kind, a.subject_kind, a.subject_id, a.object_kind, a.object_id, a.severity,
       a.effect, a.mechanism, a.evidence_level, a.evidence_class, a.evidence_direction, a.action, a.citation, a.threshold_g::text AS threshold_g,
       a.below_severity, a.lasting_days, a.stop_days_before, a.lowers_to, a.note, a.confidence,
       coalesce(o.effective_from, a.effective_from) AS effective_from, coalesce(o.effective_to, a.effective_to) AS effective_to,
       (SELECT count(*) FROM evidence_proposals p WHERE p.shop_id = $1 AND p.kind = 'rule' AND p.key = a.id
           AND NOT EXISTS (SELECT FROM evidence_decisions d WHERE d.shop_id = p.shop_id AND d.proposal_id = p.id)) AS proposed
  FROM all_rules a
  LEFT JOIN own o ON o.key = a.id AND o.change = 'retire'
 WHERE ($2::text IS NULL OR concat_ws(' ', a.id, a.subject_id, a.object_id, a.effect, a.kind) ILIKE '%' || $2 || '%')
   AND ($3::text IS NULL OR $3 = CASE WHEN o.change = 'retire' THEN 'shop' ELSE a.origin END)
 ORDER BY a.id
 LIMIT least(coalesce($4::bigint, 200), 2000)
