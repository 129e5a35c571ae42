-- Why a line of a ticket is short, for the one who asks: what lies there of the item and why it cannot be taken. $3: the scanned
-- lot (0: any).
SELECT coalesce(string_agg(what, '; ' ORDER BY what), 'nothing lies there') AS what
  FROM (SELECT 'lot ' || l.lot_code || ' is ' || coalesce(replace(f.refusal, '_', ' '), 'set aside for orders') AS what
          FROM lots l
          JOIN balances b ON b.shop_id = l.shop_id AND b.lot_id = l.id AND b.internal AND b.quantity > 0
          JOIN locations p ON p.shop_id = b.shop_id AND p.id = b.location_id
         CROSS JOIN LATERAL (
                SELECT lot_refusal_at(p.kind, l.status, l.expires_on, shop_today($1), shop_today($1)) AS refusal,
                       EXISTS (SELECT FROM reservations r WHERE r.shop_id = b.shop_id AND r.lot_id = b.lot_id
                                  AND r.location_id = b.location_id AND r.ended_at IS NULL AND r.expires_at > now()) AS reserved) f
         WHERE l.shop_id = $1 AND l.item_id = $2 AND ($3::bigint = 0 OR l.id = $3::bigint) AND (f.refusal IS NOT NULL OR f.reserved)
         GROUP BY 1
         LIMIT 5) lots
