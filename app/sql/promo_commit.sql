-- The uses of the quote that is paid are used up, with the payment.
UPDATE promo_uses u SET state = 'committed', ended_at = now()
  FROM quote_codes c
 WHERE c.shop_id = $1 AND c.ticket_id = $2 AND c.quote_no = $3::integer AND u.shop_id = c.shop_id AND u.id = c.use_id
   AND u.ticket_id = $2 AND u.state = 'reserved'
