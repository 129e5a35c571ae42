-- The drawer that is open at a register, locked against being closed before this sale is booked.
SELECT id FROM cash_sessions WHERE shop_id = $1 AND register = $2 AND NOT closed FOR SHARE
