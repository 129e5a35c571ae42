-- What the curator decided about a rule, with the figures as they were.
INSERT INTO alert_decisions (shop_id, rule_id, rule_origin, action, note, proposal_id, shown, overridden, decided_by)
VALUES ($1::bigint, $2::text, $3::text, $4::text, $5::text, $6::bigint, $7::bigint, $8::bigint, $9::bigint)
RETURNING id
