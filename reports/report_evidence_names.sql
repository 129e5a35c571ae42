-- The shop's own names in force today.
SELECT s.thing_kind, s.thing_id, s.synonym, CASE p.change WHEN 'retire' THEN 'retired' ELSE 'own' END AS state, p.citation, p.version,
       p.effective_from, p.effective_to, CASE p.change WHEN 'retire' THEN 'retire' END AS change, NULL AS reason
  FROM evidence_in_force($1::bigint, shop_today($1)) p
  JOIN shop_synonyms s ON s.shop_id = p.shop_id AND s.proposal_id = p.id
 WHERE p.kind = 'synonym' AND p.change = 'set'
 ORDER BY p.key
