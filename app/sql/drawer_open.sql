-- A drawer with its float counted; one is open per register.
INSERT INTO cash_sessions (shop_id, register, float_cents, opened_by) VALUES ($1, $2, $3, $4) RETURNING id
