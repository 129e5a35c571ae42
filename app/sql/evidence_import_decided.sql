-- The first row of an import whose proposal was decided since, or was somebody else's: then it cannot be undone.
SELECT r.line, NULL::text AS column_name, p.key AS value,
       CASE WHEN d.verdict IS NULL THEN 'was proposed by somebody else: a curator may reject it' ELSE 'is ' || d.verdict || ' by now' END AS rule
  FROM import_rows r
  JOIN evidence_proposals p ON p.shop_id = r.shop_id AND p.id = r.made_id
  LEFT JOIN evidence_decisions d ON d.shop_id = p.shop_id AND d.proposal_id = p.id
 WHERE r.shop_id = $1::bigint AND r.import_id = $2::bigint
   AND d.verdict IS NOT NULL
 ORDER BY r.line LIMIT 1
