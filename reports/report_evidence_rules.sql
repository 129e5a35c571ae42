-- The shop's own rules in force today, to be edited: a retired one as the reference has it.
SELECT p.key AS id, CASE p.change WHEN 'retire' THEN 'retired' ELSE 'own' END AS state, coalesce(r.kind, f.content ->> 'kind') AS kind,
       coalesce(r.subject_kind, f.content ->> 'subject_kind') AS subject_kind, coalesce(r.subject_id, f.content ->> 'subject_id') AS subject_id,
       coalesce(r.object_kind, f.content ->> 'object_kind') AS object_kind, coalesce(r.object_id, f.content ->> 'object_id') AS object_id,
       coalesce(r.severity::text, f.content ->> 'severity') AS severity, coalesce(r.effect, f.content ->> 'effect') AS effect,
       coalesce(r.mechanism, f.content ->> 'mechanism') AS mechanism, coalesce(r.evidence_level, f.content ->> 'evidence_level') AS evidence_level,
       coalesce(r.evidence_class, f.content ->> 'evidence_class') AS evidence_class,
       coalesce(r.evidence_direction, f.content ->> 'evidence_direction') AS evidence_direction,
       coalesce(r.action, f.content ->> 'action') AS action, CASE p.change WHEN 'retire' THEN f.content ->> 'citation' ELSE p.citation END AS citation,
       r.threshold_g::text AS threshold_g, r.below_severity, r.lasting_days, r.stop_days_before, r.lowers_to,
       coalesce(r.note, f.content ->> 'note') AS note, coalesce(r.confidence, f.content ->> 'confidence') AS confidence, p.version,
       p.effective_from, p.effective_to, NULL AS change, NULL AS reason
  FROM evidence_in_force($1::bigint, shop_today($1)) p
  LEFT JOIN shop_rules r ON r.shop_id = p.shop_id AND r.proposal_id = p.id
 CROSS JOIN LATERAL (SELECT evidence_reference(p.kind, p.key) AS content) f
 WHERE p.kind = 'rule' AND p.change <> 'revert'
 ORDER BY p.key
