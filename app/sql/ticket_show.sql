-- A ticket with its customer, its quote and its payment.
SELECT t.id, t.state, t.patient_id, p.code AS patient_code, trim(p.given_name || ' ' || p.family_name) AS patient_name,
       t.customer_group, s.currency, u.display_name AS created_by, t.created_at, q.quote_no, q.list_cents, q.discount_cents, q.tax_cents,
       q.tax_included, q.total_cents, q.expires_at AS quote_expires_at, y.receipt_no, y.paid_at, up.display_name AS paid_by,
       (SELECT sum(r.total_cents)::bigint FROM refunds r WHERE r.shop_id = t.shop_id AND r.ticket_id = t.id) AS refunded_cents
  FROM tickets t
  JOIN shops s ON s.id = t.shop_id
  JOIN users u ON u.shop_id = t.shop_id AND u.id = t.created_by
  LEFT JOIN patients p ON p.shop_id = t.shop_id AND p.id = t.patient_id
  LEFT JOIN quotes q ON q.shop_id = t.shop_id AND q.ticket_id = t.id AND q.quote_no = t.quote_no AND t.state NOT IN ('open', 'cancelled')
  LEFT JOIN payments y ON y.shop_id = t.shop_id AND y.ticket_id = t.id
  LEFT JOIN users up ON up.shop_id = y.shop_id AND up.id = y.paid_by
 WHERE t.shop_id = $1 AND t.id = $2
