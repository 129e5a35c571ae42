-- What each line of a delivery refers to: 0 where the shop knows no such item or place, and whether the lot was delivered
-- before, or stands further up, with another expiry. A line without an expiry says nothing about it: the lot keeps its own.
SELECT n.line_no, coalesce(i.id, 0) AS item_id, coalesce(p.id, 0) AS location_id, p.retired_at IS NOT NULL AS place_retired,
       n.expires_on IS NOT NULL
       AND ((l.id IS NOT NULL AND l.expires_on IS DISTINCT FROM n.expires_on)
            OR min(n.expires_on) OVER (PARTITION BY n.sku, n.lot_code) <> n.expires_on) AS other_expiry,
       coalesce(i.unit, '') AS unit
  FROM unnest($2::text[], $3::text[], $4::text[], $5::date[]) WITH ORDINALITY n (sku, location, lot_code, expires_on, line_no)
  LEFT JOIN items i ON i.shop_id = $1 AND i.sku = n.sku
  LEFT JOIN locations p ON p.shop_id = $1 AND p.code = n.location AND p.internal AND p.kind NOT IN ('transit', 'making')
  LEFT JOIN suppliers s ON s.shop_id = $1 AND s.code = $6
  LEFT JOIN lots l ON l.shop_id = $1 AND l.item_id = i.id AND l.supplier_id = s.id AND l.lot_code = n.lot_code
 ORDER BY n.line_no
