-- Picked lots that may not be used any more.
SELECT i.sku, l.lot_code, lot_refusal(l.status, l.expires_on, (SELECT shop_today($1)), (SELECT shop_today($1))) AS refusal
  FROM (SELECT DISTINCT lot_id FROM batch_picks WHERE shop_id = $1 AND batch_id = $2) p
  JOIN lots l ON l.shop_id = $1 AND l.id = p.lot_id
  JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
 WHERE lot_refusal(l.status, l.expires_on, (SELECT shop_today($1)), (SELECT shop_today($1))) IS NOT NULL
 ORDER BY i.sku
