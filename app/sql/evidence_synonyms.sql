-- A shop's own names: those in force on a day (NULL: today in the shop), or ($3) one proposal's.
SELECT p.change = 'retire' AS retired, s.thing_kind, s.thing_id, s.synonym
  FROM (SELECT * FROM evidence_in_force($1::bigint, coalesce($2::date, shop_today($1))) WHERE $3::bigint IS NULL
        UNION ALL SELECT * FROM evidence_proposals WHERE shop_id = $1 AND id = $3) p
  JOIN shop_synonyms s ON s.shop_id = p.shop_id AND s.proposal_id = p.id
 WHERE p.kind = 'synonym' AND p.change <> 'revert'
 ORDER BY p.key
