-- Drawers of cash with their sums and differences: $2, $3 = first and last day they were opened.
SELECT d.id AS drawer_no, d.register, CASE WHEN d.closed THEN 'closed' ELSE 'open' END AS state,
       to_char(d.opened_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS opened_at, uo.display_name AS opened_by,
       to_char(k.closed_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS closed_at, uc.display_name AS closed_by,
       ua.display_name AS approved_by, d.float_cents, x.sales_cents, x.refunds_cents, x.moved_cents,
       d.float_cents + x.sales_cents - x.refunds_cents + x.moved_cents AS expected_cents, k.counted_cents, k.difference_cents,
       CASE WHEN abs(k.difference_cents) > k.limit_cents THEN 'above the limit' WHEN k.difference_cents <> 0 THEN 'differs'
            WHEN d.closed THEN 'right' END AS result, k.note
  FROM cash_sessions d
  JOIN shops s ON s.id = d.shop_id
  JOIN users uo ON uo.shop_id = d.shop_id AND uo.id = d.opened_by
  LEFT JOIN cash_closings k ON k.shop_id = d.shop_id AND k.session_id = d.id
  LEFT JOIN users uc ON uc.shop_id = k.shop_id AND uc.id = k.closed_by
  LEFT JOIN users ua ON ua.shop_id = k.shop_id AND ua.id = k.approved_by
 CROSS JOIN LATERAL (
        SELECT coalesce((SELECT sum(t.amount_cents) FROM payments y JOIN tenders t ON t.shop_id = y.shop_id AND t.ticket_id = y.ticket_id
                          WHERE y.shop_id = d.shop_id AND y.session_id = d.id AND t.kind = 'cash'), 0)::bigint AS sales_cents,
               coalesce((SELECT sum(t.amount_cents) FROM refunds r
                           JOIN refund_tenders t ON t.shop_id = r.shop_id AND t.ticket_id = r.ticket_id AND t.refund_no = r.refund_no
                          WHERE r.shop_id = d.shop_id AND r.session_id = d.id AND t.kind = 'cash'), 0)::bigint AS refunds_cents,
               coalesce((SELECT sum(CASE m.kind WHEN 'pay_in' THEN m.amount_cents ELSE -m.amount_cents END) FROM cash_moves m
                          WHERE m.shop_id = d.shop_id AND m.session_id = d.id), 0)::bigint AS moved_cents) x
 WHERE d.shop_id = $1
   AND (d.opened_at AT TIME ZONE s.time_zone)::date BETWEEN coalesce($2::date, '-infinity') AND coalesce($3::date, 'infinity')
 ORDER BY d.id
