-- How many refunds a ticket had, whether it was sold today, and its quote.
SELECT y.quote_no::bigint AS quote_no, (SELECT count(*) FROM refunds r WHERE r.shop_id = $1 AND r.ticket_id = $2) AS refunds,
       (y.paid_at AT TIME ZONE s.time_zone)::date = shop_today($1) AS sold_today
  FROM payments y
  JOIN shops s ON s.id = y.shop_id
 WHERE y.shop_id = $1 AND y.ticket_id = $2
