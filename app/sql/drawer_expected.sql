-- What should lie in a drawer: its float, the cash of its sales less that of its refunds, and what was paid in and out. With what
-- closing it needs to know: the limit, who else came to the sum counted ($3; not $4), and the single-person mode if it is on.
SELECT s.float_cents
       + coalesce((SELECT sum(t.amount_cents) FROM payments y JOIN tenders t ON t.shop_id = y.shop_id AND t.ticket_id = y.ticket_id
                    WHERE y.shop_id = s.shop_id AND y.session_id = s.id AND t.kind = 'cash'), 0)::bigint
       - coalesce((SELECT sum(t.amount_cents) FROM refunds r JOIN refund_tenders t ON t.shop_id = r.shop_id
                          AND t.ticket_id = r.ticket_id AND t.refund_no = r.refund_no
                    WHERE r.shop_id = s.shop_id AND r.session_id = s.id AND t.kind = 'cash'), 0)::bigint
       + coalesce((SELECT sum(CASE m.kind WHEN 'pay_in' THEN m.amount_cents ELSE -m.amount_cents END) FROM cash_moves m
                    WHERE m.shop_id = s.shop_id AND m.session_id = s.id), 0)::bigint AS expected_cents,
       n.drawer_limit_cents AS limit_cents,
       coalesce((SELECT a.approved_by FROM cash_approvals a WHERE a.shop_id = s.shop_id AND a.session_id = s.id
                    AND a.counted_cents = $3 AND a.approved_by <> $4 ORDER BY a.approved_at LIMIT 1), 0) AS approved_by,
       coalesce((SELECT m.id FROM single_person_modes m WHERE m.shop_id = s.shop_id AND m.switched_off_at IS NULL), 0) AS mode_id
  FROM cash_sessions s
  JOIN sale_settings_now n ON n.shop_id = s.shop_id
 WHERE s.shop_id = $1 AND s.id = $2
