-- Lots made of another ($2), one for each part: what holds for the lot holds for them. Fewer rows than parts when a code is taken.
WITH made AS (
    INSERT INTO lots (shop_id, item_id, supplier_id, lot_code, expires_on, expiry_precision, made_on, status, status_reason,
                      certificate, cost_cents, cost_quantity)
    SELECT $1, l.item_id, l.supplier_id, coalesce(n.lot_code, left(l.lot_code, 54) || '-'
           || (n.at + (SELECT count(*) FROM lot_origins o WHERE o.shop_id = $1 AND o.origin_lot_id = l.id AND o.how = 'repacked'))),
           l.expires_on, l.expiry_precision, l.made_on, l.status, l.status_reason, l.certificate, l.cost_cents, l.cost_quantity
      FROM lots l
     CROSS JOIN unnest($3::text[], $4::bigint[]) WITH ORDINALITY n (lot_code, quantity, at)
     WHERE l.shop_id = $1 AND l.id = $2
     ORDER BY n.at
        ON CONFLICT (shop_id, item_id, supplier_id, lot_code) DO NOTHING
    RETURNING id
), numbered AS (
    SELECT id, row_number() OVER (ORDER BY id) AS at FROM made
), linked AS (
    INSERT INTO lot_origins (shop_id, lot_id, origin_lot_id, quantity, how)
    SELECT $1, m.id, $2, n.quantity, 'repacked'
      FROM numbered m JOIN unnest($4::bigint[]) WITH ORDINALITY n (quantity, at) ON n.at = m.at
)
SELECT id FROM numbered ORDER BY at
