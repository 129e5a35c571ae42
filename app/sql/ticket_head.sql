-- A ticket, and what of the shop's ways its price depends on. Ticket 0: only these.
SELECT coalesce(t.id, 0) AS id, coalesce(t.state, '') AS state, coalesce(t.patient_id, 0) AS patient_id,
       coalesce(t.customer_group, '') AS customer_group, coalesce(t.quote_no, 0)::bigint AS quote_no,
       shop_today($1) AS today, s.tax_included, s.quote_minutes::bigint AS quote_minutes
  FROM sale_settings_now s
  LEFT JOIN tickets t ON t.shop_id = s.shop_id AND t.id = $2
 WHERE s.shop_id = $1
