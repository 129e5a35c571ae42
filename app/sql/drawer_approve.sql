-- The person acting has counted the drawer too, and came to this sum. A second time changes nothing.
INSERT INTO cash_approvals (shop_id, session_id, counted_cents, approved_by, note) VALUES ($1, $2, $3, $4, coalesce($5, ''))
ON CONFLICT DO NOTHING
