-- The lots that left with a ticket, line by line of its receipt.
SELECT t.seq, l.id AS lot_id, l.lot_code, l.expires_on, p.code AS location, t.quantity
  FROM ticket_lots t
  JOIN lots l ON l.shop_id = t.shop_id AND l.id = t.lot_id
  JOIN locations p ON p.shop_id = t.shop_id AND p.id = t.location_id
 WHERE t.shop_id = $1 AND t.ticket_id = $2
 ORDER BY t.seq, l.expires_on NULLS LAST, l.id
