-- Cash into an open drawer or out of it, beside sales.
INSERT INTO cash_moves (shop_id, session_id, kind, amount_cents, reason, moved_by) VALUES ($1, $2, $3, $4, $5, $6)
