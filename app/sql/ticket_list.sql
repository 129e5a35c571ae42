-- Tickets, the newest first: of one state, of one customer, from one page on; what they came to where that is known.
SELECT t.id, t.state, t.patient_id, p.code AS patient_code, trim(p.given_name || ' ' || p.family_name) AS patient_name,
       t.customer_group, q.total_cents, y.receipt_no, y.paid_at, u.display_name AS created_by, t.created_at,
       (SELECT count(*) FROM ticket_lines l WHERE l.shop_id = t.shop_id AND l.ticket_id = t.id AND l.removed_at IS NULL) AS lines
  FROM tickets t
  JOIN users u ON u.shop_id = t.shop_id AND u.id = t.created_by
  LEFT JOIN patients p ON p.shop_id = t.shop_id AND p.id = t.patient_id
  LEFT JOIN quotes q ON q.shop_id = t.shop_id AND q.ticket_id = t.id AND q.quote_no = t.quote_no AND t.state <> 'open'
  LEFT JOIN payments y ON y.shop_id = t.shop_id AND y.ticket_id = t.id
 WHERE t.shop_id = $1 AND ($2::text IS NULL OR t.state = $2) AND ($4::bigint IS NULL OR t.patient_id = $4::bigint)
   AND ($5::bigint IS NULL OR t.id < $5::bigint)
 ORDER BY t.id DESC
 LIMIT least(coalesce($3::bigint, 100), 1000)
