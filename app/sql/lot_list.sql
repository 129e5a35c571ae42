-- Lots with what lies where, of one item, of a lot code, or of all; without either those in stock, with $5 also the empty ones.
-- Why a lot may not be used; NULL when it may. Each way of asking is a branch of its own, so that each goes by its own index
-- whatever plan is kept; OFFSET 0: what belongs to a lot is looked up by key, from the lots there are. Of all lots only as many are
-- read as are shown: item by item in the order of their names, and each lot is a row at least.
WITH page AS (
    SELECT least(coalesce($3::bigint, 1000), 5000) AS size
)
SELECT l.id, l.item_id, i.sku, i.name, i.unit, l.lot_code, l.expires_on, l.expiry_precision, l.status, l.status_reason,
       s.code AS supplier, l.certificate, b.location, b.quantity,
       lot_refusal_at(b.kind, l.status, l.expires_on, (SELECT shop_today($1)), (SELECT shop_today($1))) AS refusal
  FROM (SELECT * FROM lots WHERE shop_id = $1 AND $4::text IS NOT NULL AND lot_code_key = lower($4)
                             AND ($2::bigint IS NULL OR item_id = $2::bigint)
         UNION ALL
        SELECT * FROM lots WHERE shop_id = $1 AND $4::text IS NULL AND item_id = $2::bigint
         UNION ALL
        SELECT * FROM (
            SELECT n.* FROM (SELECT id, name FROM items WHERE shop_id = $1 AND $4::text IS NULL AND $2::bigint IS NULL
                              ORDER BY name OFFSET 0) o
             CROSS JOIN LATERAL (SELECT * FROM lots WHERE shop_id = $1 AND item_id = o.id AND in_stock OFFSET 0) n
             ORDER BY o.name, n.expires_on NULLS LAST, n.id LIMIT (SELECT size FROM page)) there
         UNION ALL
        SELECT * FROM (
            SELECT n.* FROM (SELECT id, name FROM items WHERE shop_id = $1 AND $4::text IS NULL AND $2::bigint IS NULL AND $5::boolean
                              ORDER BY name OFFSET 0) o
             CROSS JOIN LATERAL (SELECT * FROM lots WHERE shop_id = $1 AND item_id = o.id AND NOT in_stock OFFSET 0) n
             ORDER BY o.name, n.expires_on NULLS LAST, n.id LIMIT (SELECT size FROM page)) gone) l
 CROSS JOIN LATERAL (SELECT sku, name, unit FROM items WHERE shop_id = $1 AND id = l.item_id OFFSET 0) i
 CROSS JOIN LATERAL (SELECT code FROM suppliers WHERE shop_id = $1 AND id = l.supplier_id OFFSET 0) s
  LEFT JOIN LATERAL (SELECT b.quantity, p.code AS location, p.kind
                       FROM (SELECT * FROM balances WHERE shop_id = $1 AND lot_id = l.id AND internal AND quantity > 0 OFFSET 0) b
                       JOIN locations p ON p.shop_id = $1 AND p.id = b.location_id
                     OFFSET 0) b ON true
 ORDER BY i.name, l.expires_on NULLS LAST, l.id, b.location
 LIMIT (SELECT size FROM page)
