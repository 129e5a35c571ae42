-- An entry of the audit trail; sealed later.
INSERT INTO audit (shop_id, user_id, action, subject, details, trace) VALUES ($1, $2::bigint, $3, $4, coalesce($5, ''), coalesce($6, ''))
