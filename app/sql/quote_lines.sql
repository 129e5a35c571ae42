-- The frozen lines of the quote a ticket stands at, and what of each came back.
SELECT q.seq, q.line_no, q.kind, q.name, q.name_hanzi, i.sku, q.order_id, q.quantity, q.unit, q.price_note, q.price_reason,
       CASE WHEN r.id IS NOT NULL THEN jsonb_build_object('id', r.id, 'rule', r.name) END AS price_terms, q.list_cents, q.discount_cents, q.tax_category, q.tax_basis_points, q.tax_cents, q.total_cents,
       coalesce((SELECT max(b.upto_quantity) FROM refund_lines b WHERE b.shop_id = q.shop_id AND b.ticket_id = q.ticket_id
                    AND b.seq = q.seq), 0)::bigint AS back_quantity
  FROM tickets t
  JOIN quote_lines q ON q.shop_id = t.shop_id AND q.ticket_id = t.id AND q.quote_no = t.quote_no
  LEFT JOIN items i ON i.shop_id = q.shop_id AND i.id = q.item_id
  LEFT JOIN price_rules r ON r.shop_id = q.shop_id AND r.id = q.price_rule_id
 WHERE t.shop_id = $1 AND t.id = $2 AND t.state NOT IN ('open', 'cancelled')
 ORDER BY q.seq
