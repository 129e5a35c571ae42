-- A code off the ticket.
UPDATE ticket_codes SET removed_at = now() WHERE shop_id = $1 AND ticket_id = $2 AND code = $3 AND removed_at IS NULL
