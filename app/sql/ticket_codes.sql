-- The codes on a ticket, in the order they were given.
SELECT code FROM ticket_codes WHERE shop_id = $1 AND ticket_id = $2 AND removed_at IS NULL ORDER BY code_no
