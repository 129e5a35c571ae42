-- What the shop keeps, by part of a name or SKU, with what may be used of it today.
SELECT i.id, i.sku, i.item_kind, i.herb_id, i.product_id, i.name, i.name_hanzi, i.unit, i.ratio_numerator,
       i.ratio_denominator, i.price_cents, i.price_per_quantity, i.flags, i.reorder_quantity, p.code AS home,
       coalesce(s.usable, 0)::bigint AS usable, s.first_expiry
  FROM items i
  LEFT JOIN locations p ON p.shop_id = i.shop_id AND p.id = i.home_location_id
  LEFT JOIN LATERAL (SELECT sum(b.quantity) AS usable, min(l.expires_on) AS first_expiry
                       FROM lots l
                       JOIN balances b ON b.shop_id = l.shop_id AND b.lot_id = l.id AND b.internal AND b.quantity > 0
                       JOIN locations a ON a.shop_id = b.shop_id AND a.id = b.location_id
                      WHERE l.shop_id = i.shop_id AND l.item_id = i.id
                        AND lot_refusal_at(a.kind, l.status, l.expires_on, (SELECT shop_today($1)),
                                           (SELECT shop_today($1))) IS NULL) s ON true
 WHERE i.shop_id = $1
   AND ($2::text IS NULL OR i.name ILIKE '%' || $2 || '%' OR i.name_hanzi LIKE '%' || $2 || '%' OR i.sku ILIKE '%' || $2 || '%'
        OR i.herb_id = $2)
 ORDER BY i.name, i.id
 LIMIT least(coalesce($3::bigint, 1000), 1000)
