-- Why a line of a ticket is short, for the one who asks: which lots of the item lie there, what may be taken of each, and why no more.
-- $3: the scanned lot (0: any).
SELECT coalesce(string_agg('lot ' || lot_code || CASE
              WHEN refusal IS NOT NULL THEN ' is ' || replace(refusal, '_', ' ')
              WHEN free <= 0 THEN ' is set aside for orders'
              ELSE ' has ' || CASE unit WHEN 'mg' THEN trim_scale(free / 1000.0) || ' g' ELSE free::text END || ' left'
                   || CASE WHEN reserved > 0 THEN ', the rest is set aside for orders' ELSE '' END END, '; ' ORDER BY lot_code, refusal),
                'nothing lies there any more') AS what
  FROM (SELECT l.lot_code, i.unit, f.refusal, sum(b.quantity - f.reserved) AS free, sum(f.reserved) AS reserved
          FROM lots l
          JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
          JOIN balances b ON b.shop_id = l.shop_id AND b.lot_id = l.id AND b.internal AND b.quantity > 0
          JOIN locations p ON p.shop_id = b.shop_id AND p.id = b.location_id
         CROSS JOIN LATERAL (
                SELECT lot_refusal_at(p.kind, l.status, l.expires_on, shop_today($1), shop_today($1)) AS refusal,
                       (SELECT coalesce(sum(r.quantity), 0) FROM reservations r WHERE r.shop_id = b.shop_id AND r.lot_id = b.lot_id
                           AND r.location_id = b.location_id AND r.ended_at IS NULL AND r.expires_at > now()) AS reserved) f
         WHERE l.shop_id = $1 AND l.item_id = $2 AND l.in_stock AND ($3::bigint = 0 OR l.id = $3::bigint)
         GROUP BY l.lot_code, i.unit, f.refusal
         ORDER BY f.refusal NULLS FIRST, l.lot_code
         LIMIT 5) lots
