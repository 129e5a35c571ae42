-- Drawers, the newest first, each with its sums: $2 one of them, $3 how many. What should be there of an open one is as of now;
-- the difference is known once it is closed.
SELECT s.id, s.register, CASE WHEN s.closed THEN 'closed' ELSE 'open' END AS state, s.opened_at, uo.display_name AS opened_by,
       s.float_cents, x.sales_cents, x.refunds_cents, x.paid_in_cents, x.paid_out_cents,
       s.float_cents + x.sales_cents - x.refunds_cents + x.paid_in_cents - x.paid_out_cents AS expected_cents,
       k.counted_cents, k.difference_cents, k.limit_cents, k.note, uc.display_name AS closed_by, ua.display_name AS approved_by,
       k.single_person_mode_id IS NOT NULL AS single_person, k.closed_at
  FROM cash_sessions s
  JOIN users uo ON uo.shop_id = s.shop_id AND uo.id = s.opened_by
  LEFT JOIN cash_closings k ON k.shop_id = s.shop_id AND k.session_id = s.id
  LEFT JOIN users uc ON uc.shop_id = k.shop_id AND uc.id = k.closed_by
  LEFT JOIN users ua ON ua.shop_id = k.shop_id AND ua.id = k.approved_by
 CROSS JOIN LATERAL (
        SELECT coalesce((SELECT sum(t.amount_cents) FROM payments y
                           JOIN tenders t ON t.shop_id = y.shop_id AND t.ticket_id = y.ticket_id
                          WHERE y.shop_id = s.shop_id AND y.session_id = s.id AND t.kind = 'cash'), 0)::bigint AS sales_cents,
               coalesce((SELECT sum(t.amount_cents) FROM refunds r
                           JOIN refund_tenders t ON t.shop_id = r.shop_id AND t.ticket_id = r.ticket_id AND t.refund_no = r.refund_no
                          WHERE r.shop_id = s.shop_id AND r.session_id = s.id AND t.kind = 'cash'), 0)::bigint AS refunds_cents,
               coalesce((SELECT sum(m.amount_cents) FROM cash_moves m WHERE m.shop_id = s.shop_id AND m.session_id = s.id
                            AND m.kind = 'pay_in'), 0)::bigint AS paid_in_cents,
               coalesce((SELECT sum(m.amount_cents) FROM cash_moves m WHERE m.shop_id = s.shop_id AND m.session_id = s.id
                            AND m.kind = 'pay_out'), 0)::bigint AS paid_out_cents) x
 WHERE s.shop_id = $1 AND ($2::bigint IS NULL OR s.id = $2::bigint)
 ORDER BY s.id DESC
 LIMIT least(coalesce($3::bigint, 100), 1000)
