-- Lots that expire within $2 days (90) or have expired, earliest first, with what is left of them and what that cost.
SELECT l.expires_on, l.expires_on - shop_today($1) AS days_left,
       CASE WHEN l.expires_on < shop_today($1) THEN 'expired'
            WHEN l.expires_on <= shop_today($1) + 30 THEN 'within 30 days' ELSE 'later' END AS state,
       i.name, i.name_hanzi, i.sku, l.lot_code, s.name AS supplier,
       string_agg(DISTINCT p.code, ', ' ORDER BY p.code) AS places,
       CASE i.unit WHEN 'mg' THEN sum(b.quantity)::bigint END AS on_hand_mg,
       CASE i.unit WHEN 'each' THEN sum(b.quantity)::bigint END AS pieces,
       round(sum(b.quantity) * l.cost_cents / l.cost_quantity)::bigint AS cost_cents
  FROM lots l
  JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
  JOIN suppliers s ON s.shop_id = $1 AND s.id = l.supplier_id
  JOIN balances b ON b.shop_id = $1 AND b.lot_id = l.id AND b.internal AND b.quantity > 0
  JOIN locations p ON p.shop_id = $1 AND p.id = b.location_id
 WHERE l.shop_id = $1 AND l.in_stock AND l.expires_on <= shop_today($1) + coalesce($2::integer, 90)
 GROUP BY l.id, l.expires_on, l.lot_code, l.cost_cents, l.cost_quantity, i.name, i.name_hanzi, i.sku, i.unit, i.id, s.name
 ORDER BY l.expires_on, i.name COLLATE "und-x-icu", l.lot_code
