-- The curator's decisions, the newest first. $2: one of them; $3: about one rule.
SELECT d.id, d.rule_id AS rule, d.rule_origin AS origin, d.action, d.note, d.proposal_id, d.shown, d.overridden,
       u.display_name AS decided_by, d.decided_at
  FROM alert_decisions d JOIN users u ON u.shop_id = d.shop_id AND u.id = d.decided_by
 WHERE d.shop_id = $1::bigint AND ($2::bigint IS NULL OR d.id = $2) AND ($3::text IS NULL OR d.rule_id = $3)
 ORDER BY d.id DESC
 LIMIT 1000
