-- The refunds of a ticket with their lines, as text: what came back, and how the money went.
SELECT r.refund_no, r.kind, r.reason, r.note, r.total_cents, r.receipt_no, u.display_name AS refunded_by, r.refunded_at,
       (SELECT jsonb_agg(jsonb_build_object('seq', l.seq, 'quantity', l.quantity, 'amount_cents', l.amount_cents,
                                            'tax_cents', l.tax_cents, 'disposition', l.disposition) ORDER BY l.seq)
          FROM refund_lines l WHERE l.shop_id = r.shop_id AND l.ticket_id = r.ticket_id AND l.refund_no = r.refund_no) AS lines,
       (SELECT jsonb_agg(jsonb_build_object('kind', t.kind, 'amount_cents', t.amount_cents) ORDER BY t.tender_no)
          FROM refund_tenders t WHERE t.shop_id = r.shop_id AND t.ticket_id = r.ticket_id AND t.refund_no = r.refund_no) AS tenders
  FROM refunds r
  JOIN users u ON u.shop_id = r.shop_id AND u.id = r.refunded_by
 WHERE r.shop_id = $1 AND r.ticket_id = $2
 ORDER BY r.refund_no
