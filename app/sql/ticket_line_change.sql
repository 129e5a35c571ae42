-- Another quantity of a line; 0 takes it off the ticket.
UPDATE ticket_lines SET quantity = CASE WHEN $4 > 0 THEN $4 ELSE quantity END,
                        removed_at = CASE WHEN $4 > 0 THEN removed_at ELSE now() END
 WHERE shop_id = $1 AND ticket_id = $2 AND line_no = $3::integer AND removed_at IS NULL
   AND (order_id IS NULL OR $4 <= 1)
