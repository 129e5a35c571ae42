-- What the shop keeps: one item, or those whose name or SKU holds the text, whose GTIN it is, or whose herb or product is one of those
-- listed; with $6 only those that belong in that place. What is out of use is shown while something is left of it, or with $7.
-- on_hand is everything that lies in the shop; usable what may be dispensed today; reserved what of that is set aside for
-- orders; free the rest.
SELECT i.id, i.sku, i.item_kind, i.herb_id, i.product_id, i.preparation, i.name, i.name_hanzi, i.unit, i.ratio_numerator,
       i.ratio_denominator, i.price_cents, i.price_per_quantity, i.flags, i.reorder_quantity, p.code AS home, i.gtin,
       i.tax_category, i.pack_quantity, i.content_mg, i.version, i.retired_at,
       coalesce(s.on_hand, 0)::bigint AS on_hand, coalesce(s.usable, 0)::bigint AS usable,
       coalesce(s.reserved, 0)::bigint AS reserved, coalesce(s.usable - s.reserved, 0)::bigint AS free, s.first_expiry
  FROM items i
  LEFT JOIN locations p ON p.shop_id = i.shop_id AND p.id = i.home_location_id
  LEFT JOIN LATERAL (
        SELECT sum(b.quantity) AS on_hand, sum(b.quantity) FILTER (WHERE u.usable) AS usable,
               sum(least(u.reserved, b.quantity)) FILTER (WHERE u.usable) AS reserved,
               min(l.expires_on) FILTER (WHERE u.usable) AS first_expiry
          FROM lots l
          JOIN balances b ON b.shop_id = l.shop_id AND b.lot_id = l.id AND b.internal AND b.quantity > 0
          JOIN locations a ON a.shop_id = b.shop_id AND a.id = b.location_id
         CROSS JOIN LATERAL (
                SELECT lot_refusal_at(a.kind, l.status, l.expires_on, (SELECT shop_today($1)), (SELECT shop_today($1))) IS NULL AS usable,
                       CASE WHEN (b.lot_id, b.location_id) IN (SELECT lot_id, location_id FROM reservations WHERE shop_id = $1 AND ended_at IS NULL)
                            THEN (SELECT coalesce(sum(r.quantity), 0) FROM reservations r
                                   WHERE r.shop_id = b.shop_id AND r.lot_id = b.lot_id AND r.location_id = b.location_id
                                     AND r.ended_at IS NULL AND r.expires_at > now()) ELSE 0 END AS reserved) u
         WHERE l.shop_id = i.shop_id AND l.item_id = i.id AND l.in_stock) s ON true
 WHERE i.shop_id = $1
   AND ($2::text IS NULL OR strpos(lower(i.name), lower($2)) > 0 OR strpos(i.name_hanzi, $2) > 0
        OR strpos(lower(i.sku), lower($2)) > 0 OR i.herb_id = ANY ($4::text[]) OR i.product_id = ANY ($4::text[])
        OR (i.gtin = lpad($2, 14, '0') AND $2 ~ '^[0-9]{8,14}$'))
   AND ($5::bigint IS NULL OR i.id = $5::bigint)
   AND ($6::text IS NULL OR p.code = $6)
   AND (i.retired_at IS NULL OR s.on_hand > 0 OR $7::boolean OR $5::bigint IS NOT NULL)
 ORDER BY i.name COLLATE "und-x-icu", i.id
 LIMIT least(coalesce($3::bigint, 1000), 1000)
