-- A shop's own granule ratios: those in force on a day (NULL: today in the shop), or ($3) one proposal's.
SELECT p.change = 'retire' AS retired, p.key AS herb_id, r.crude_g_per_g, coalesce(r.low, r.crude_g_per_g) AS low,
       coalesce(r.high, r.crude_g_per_g) AS high
  FROM (SELECT * FROM evidence_in_force($1::bigint, coalesce($2::date, shop_today($1))) WHERE $3::bigint IS NULL
        UNION ALL SELECT * FROM evidence_proposals WHERE shop_id = $1 AND id = $3) p
  LEFT JOIN shop_ratios r ON r.shop_id = p.shop_id AND r.proposal_id = p.id
 WHERE p.kind = 'ratio' AND p.change <> 'revert'
 ORDER BY p.key
