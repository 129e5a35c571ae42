-- The shop's own granule ratios in force today.
SELECT p.key AS herb_id, h.pinyin, h.hanzi, CASE p.change WHEN 'retire' THEN 'retired' ELSE 'own' END AS state,
       r.crude_g_per_g::text AS crude_g_per_g, r.low::text AS low, r.high::text AS high, r.note, p.citation, p.version, p.effective_from,
       p.effective_to, NULL AS change, NULL AS reason
  FROM evidence_in_force($1::bigint, shop_today($1)) p
  JOIN herbs h ON h.id = p.key
  JOIN shop_ratios r ON r.shop_id = p.shop_id AND r.proposal_id = p.id
 WHERE p.kind = 'ratio' AND p.change = 'set'
 ORDER BY p.key
