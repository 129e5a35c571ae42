-- What is proposed, by whom, and what was decided about it.
SELECT p.author_id, p.kind, p.key, p.change, p.reason, p.citation, p.effective_from, p.effective_to, d.verdict,
       shop_today($1) BETWEEN p.effective_from AND coalesce(p.effective_to, 'infinity') AS holds_today
  FROM evidence_proposals p
  LEFT JOIN evidence_decisions d ON d.shop_id = p.shop_id AND d.proposal_id = p.id
 WHERE p.shop_id = $1::bigint AND p.id = $2::bigint
