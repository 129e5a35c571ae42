-- By what means a ticket was paid and how much of each has not been given back, the last tender first; and what the refund needs
-- to know of the sale.
SELECT d.kind, sum(d.amount_cents)::bigint - coalesce((SELECT sum(t.amount_cents) FROM refund_tenders t
                                                        WHERE t.shop_id = $1 AND t.ticket_id = $2 AND t.kind = d.kind), 0)::bigint AS amount_cents
  FROM tenders d
 WHERE d.shop_id = $1 AND d.ticket_id = $2
 GROUP BY d.kind
 ORDER BY max(d.tender_no) DESC
