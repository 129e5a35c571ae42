-- How a ticket was paid.
SELECT t.kind, k.english AS name, t.amount_cents, t.given_cents, t.change_cents, t.reference
  FROM tenders t JOIN tender_kinds k ON k.kind = t.kind
 WHERE t.shop_id = $1 AND t.ticket_id = $2
 ORDER BY t.tender_no
