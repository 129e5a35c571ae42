-- A correction that waits for a decision, with its row lock; the codes of the places that are the shop's own.
SELECT a.id, a.lot_id, a.from_location_id AS from_id, a.to_location_id AS to_id, a.quantity, a.asked_by, a.use,
       CASE WHEN f.internal THEN f.code ELSE '' END AS from_code, CASE WHEN t.internal THEN t.code ELSE '' END AS to_code
  FROM adjustments a
  JOIN locations f ON f.shop_id = a.shop_id AND f.id = a.from_location_id
  JOIN locations t ON t.shop_id = a.shop_id AND t.id = a.to_location_id
 WHERE a.shop_id = $1 AND a.id = $2 AND a.state = 'asked'
   FOR NO KEY UPDATE OF a
