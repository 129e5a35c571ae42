-- Lots with what lies where, of one item, of a lot code, or of all; without either those in stock, with $5 also the empty ones.
-- Why a lot may not be used; NULL when it may.
SELECT l.id, l.item_id, i.sku, i.name, i.unit, l.lot_code, l.expires_on, l.expiry_precision, l.status, l.status_reason,
       s.code AS supplier, l.certificate, p.code AS location, b.quantity,
       lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today($1)), (SELECT shop_today($1))) AS refusal
  FROM lots l
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
  JOIN suppliers s ON s.shop_id = l.shop_id AND s.id = l.supplier_id
  LEFT JOIN balances b ON b.shop_id = l.shop_id AND b.lot_id = l.id AND b.internal AND b.quantity > 0
  LEFT JOIN locations p ON p.shop_id = b.shop_id AND p.id = b.location_id
 WHERE l.shop_id = $1 AND ($2::bigint IS NULL OR l.item_id = $2::bigint)
   AND ($4::text IS NULL OR lower(l.lot_code) = lower($4))
   AND (l.in_stock OR $2::bigint IS NOT NULL OR $4::text IS NOT NULL OR $5::boolean)
 ORDER BY i.name, l.expires_on NULLS LAST, l.id, p.code
 LIMIT least(coalesce($3::bigint, 1000), 5000)
