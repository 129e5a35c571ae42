-- The head and foot of a ticket's receipt: the shop as it prints itself, the number, who sold, the sums.
SELECT s.name AS shop_name, s.name_hanzi AS shop_name_hanzi, s.street, s.city, s.region, s.postal_code, s.country, s.phone,
       s.registration, s.currency, y.receipt_no, t.id AS ticket_id, t.state,
       to_char(y.paid_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI') AS sold_at, u.display_name AS sold_by,
       trim(p.given_name || ' ' || p.family_name) AS customer, q.list_cents, q.discount_cents, q.tax_cents, q.tax_included, q.total_cents,
       n.receipt_note AS note
  FROM payments y
  JOIN tickets t ON t.shop_id = y.shop_id AND t.id = y.ticket_id
  JOIN quotes q ON q.shop_id = y.shop_id AND q.ticket_id = y.ticket_id AND q.quote_no = y.quote_no
  JOIN shops s ON s.id = y.shop_id
  JOIN sale_settings_now n ON n.shop_id = y.shop_id
  JOIN users u ON u.shop_id = y.shop_id AND u.id = y.paid_by
  LEFT JOIN patients p ON p.shop_id = t.shop_id AND p.id = t.patient_id
 WHERE y.shop_id = $1 AND y.ticket_id = $2
