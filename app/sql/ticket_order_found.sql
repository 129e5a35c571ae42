-- An order as a ticket sees it: its state and payment, whose it is, and the ticket that charges it already (0: none).
SELECT o.id, o.state, o.payment, o.patient_id,
       coalesce((SELECT t.ticket_id FROM ticket_orders t WHERE t.shop_id = o.shop_id AND t.order_id = o.id AND t.ended_at IS NULL), 0) AS charged_by
  FROM orders o
 WHERE o.shop_id = $1 AND o.id = ANY ($2::bigint[])
 ORDER BY o.id
