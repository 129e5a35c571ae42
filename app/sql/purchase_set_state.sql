-- The next state of a purchase order.
UPDATE purchase_orders SET state = $3::text, sent_at = CASE WHEN $3::text = 'sent' THEN now() ELSE sent_at END,
                           ended_at = CASE WHEN $3::text IN ('closed', 'cancelled') THEN now() END
 WHERE shop_id = $1 AND id = $2
