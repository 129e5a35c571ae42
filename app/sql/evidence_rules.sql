-- A shop's own rules: those in force on a day (NULL: today in the shop), or ($3) one proposal's. In the columns of the reference.
SELECT p.change = 'retire' AS retired, p.key AS id, r.kind, r.subject_kind, r.subject_id, r.object_kind, r.object_id, r.severity,
       r.effect, r.mechanism, r.evidence_level, r.evidence_class, r.evidence_direction, r.action, p.citation, '' AS citation_seen,
       r.threshold_g, r.below_severity, r.lasting_days, r.stop_days_before, r.lowers_to, r.note, 'shop' AS source, r.confidence,
       p.version
  FROM (SELECT * FROM evidence_in_force($1::bigint, coalesce($2::date, shop_today($1))) WHERE $3::bigint IS NULL
        UNION ALL SELECT * FROM evidence_proposals WHERE shop_id = $1 AND id = $3) p
  LEFT JOIN shop_rules r ON r.shop_id = p.shop_id AND r.proposal_id = p.id
 WHERE p.kind = 'rule' AND p.change <> 'revert'
 ORDER BY p.key
