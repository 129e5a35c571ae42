-- What lies in a place of the shop. OFFSET 0: what lies of a lot is looked up by its key, from the lots in stock; most of the balances
-- there are belong to lots long gone.
SELECT l.id, l.item_id, i.sku, i.name, i.name_hanzi, i.unit, l.lot_code, l.expires_on, l.expiry_precision, l.status, b.quantity,
       lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today($1)), (SELECT shop_today($1))) AS refusal
  FROM (SELECT * FROM locations WHERE shop_id = $1 AND id = $2 AND internal) p
 CROSS JOIN LATERAL (SELECT * FROM lots WHERE shop_id = $1 AND in_stock OFFSET 0) l
 CROSS JOIN LATERAL (SELECT quantity FROM balances
                      WHERE shop_id = $1 AND lot_id = l.id AND location_id = $2 AND quantity > 0 OFFSET 0) b
  JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
 ORDER BY i.name, l.expires_on NULLS LAST, l.id
 LIMIT least(coalesce($3::bigint, 1000), 1000)
