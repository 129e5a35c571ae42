-- The lot a batch becomes: it expires with its rule or its earliest ingredient, whichever is sooner, and costs what its ingredients
-- cost, loss and all, each rounded to the cent. No row when the lot code is taken.
INSERT INTO lots (shop_id, item_id, supplier_id, lot_code, made_on, expires_on, status, certificate, cost_cents, cost_quantity)
SELECT $1, b.item_id, s.id, b.lot_code, least((k.made_at AT TIME ZONE z.time_zone)::date, f.earliest),
       least((k.made_at AT TIME ZONE z.time_zone)::date + b.keeps_days, f.earliest), 'released', 'batch ' || b.id, f.cost, k.yield_quantity
  FROM batches b
  JOIN batch_makings k ON k.shop_id = b.shop_id AND k.batch_id = b.id
  JOIN suppliers s ON s.shop_id = b.shop_id AND s.code = 'HOUSE'
  JOIN shops z ON z.id = b.shop_id
 CROSS JOIN LATERAL (SELECT min(l.expires_on) AS earliest,
                            sum(round(p.quantity_mg::numeric * l.cost_cents / l.cost_quantity))::bigint AS cost
                       FROM batch_picks p JOIN lots l ON l.shop_id = p.shop_id AND l.id = p.lot_id
                      WHERE p.shop_id = b.shop_id AND p.batch_id = b.id) f
 WHERE b.shop_id = $1 AND b.id = $2
    ON CONFLICT (shop_id, item_id, supplier_id, lot_code) DO NOTHING
RETURNING id
