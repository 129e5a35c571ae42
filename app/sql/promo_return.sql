-- The whole sale was given back: so are the uses of its codes whose terms say so.
UPDATE promo_uses u SET state = 'returned', why = $3, ended_at = now()
  FROM promo_terms t
 WHERE u.shop_id = $1 AND u.ticket_id = $2 AND u.state = 'committed' AND t.shop_id = u.shop_id AND t.code = u.code
   AND t.version = u.version AND t.return_on_refund
