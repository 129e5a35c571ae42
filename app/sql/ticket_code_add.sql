-- A code on the ticket, behind those it has.
INSERT INTO ticket_codes (shop_id, ticket_id, code, code_no, added_by)
SELECT $1, $2, $3, 1 + coalesce(max(code_no), 0), $4 FROM ticket_codes WHERE shop_id = $1 AND ticket_id = $2
