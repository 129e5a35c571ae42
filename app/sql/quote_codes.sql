-- The codes that work in the quote a ticket stands at.
SELECT c.code, m.description, c.discount_cents, u.state AS use_state
  FROM tickets t
  JOIN quote_codes c ON c.shop_id = t.shop_id AND c.ticket_id = t.id AND c.quote_no = t.quote_no
  JOIN promo_terms m ON m.shop_id = c.shop_id AND m.code = c.code AND m.version = c.version
  JOIN promo_uses u ON u.shop_id = c.shop_id AND u.id = c.use_id
 WHERE t.shop_id = $1 AND t.id = $2 AND t.state NOT IN ('open', 'cancelled')
 ORDER BY c.code
