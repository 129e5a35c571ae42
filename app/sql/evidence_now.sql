-- What a rule or ratio says today, field by field, as a form for changing it begins: the shop's own, else the reference's. $2: kind;
-- $3: key. No row: there is nothing of that key.
SELECT $2::text AS kind, $3::text AS key, n.content,
       CASE WHEN f.change = 'set' THEN 'shop' WHEN f.change = 'retire' THEN 'retired' ELSE 'reference' END AS origin,
       evidence_reference($2, $3) IS NOT NULL AS in_reference
  FROM (SELECT 1) one
  LEFT JOIN evidence_in_force($1::bigint, shop_today($1::bigint)) f ON f.kind = $2 AND f.key = $3
 CROSS JOIN LATERAL (SELECT coalesce(CASE WHEN f.change = 'set' THEN evidence_content(f) END, evidence_reference($2, $3),
                                     (SELECT evidence_content(o) FROM evidence_proposals o
                                       WHERE o.shop_id = $1 AND o.kind = $2 AND o.key = $3 AND o.change = 'set'
                                       ORDER BY o.version DESC LIMIT 1)) AS content) n
 WHERE n.content IS NOT NULL
