-- A line at the end of the ticket.
INSERT INTO ticket_lines (shop_id, ticket_id, line_no, item_id, order_id, lot_id, quantity, added_by)
SELECT $1, $2, 1 + coalesce(max(line_no), 0), $3::bigint, $4::bigint, $5::bigint, $6, $7
  FROM ticket_lines WHERE shop_id = $1 AND ticket_id = $2
RETURNING line_no::bigint AS line_no
