-- What was sold by the lines of a paid ticket, and what of each came back already.
SELECT q.seq::bigint AS seq, q.kind, coalesce(q.order_id, 0) AS order_id, q.name, q.quantity, q.total_cents, q.tax_cents, q.unit,
       coalesce(max(r.part_no), 0)::bigint AS parts, coalesce(max(r.upto_quantity), 0)::bigint AS back,
       coalesce(max(r.upto_cents), 0)::bigint AS back_cents, coalesce(sum(r.tax_cents), 0)::bigint AS back_tax_cents
  FROM payments y
  JOIN quote_lines q ON q.shop_id = y.shop_id AND q.ticket_id = y.ticket_id AND q.quote_no = y.quote_no
  LEFT JOIN refund_lines r ON r.shop_id = q.shop_id AND r.ticket_id = q.ticket_id AND r.seq = q.seq
 WHERE y.shop_id = $1 AND y.ticket_id = $2
 GROUP BY q.shop_id, q.ticket_id, q.quote_no, q.seq
 ORDER BY q.seq
