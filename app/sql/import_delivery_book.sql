-- The moves of an import's delivery, in one booking. Returns the purchase order it belongs to, 0 for none.
WITH booked AS (
    SELECT stock_book($1, array_agg(l.id), array_agg(o.id), array_agg(coalesce(p.id, i.home_location_id)),
                      array_agg(coalesce(r.cells ->> 'quantity_mg', r.cells ->> 'pieces')::bigint), 'received', NULL, $3::bigint,
                      'import ' || $2::bigint, $4::bigint) AS moves
      FROM import_rows r
      JOIN items i ON i.shop_id = r.shop_id
            AND CASE WHEN r.cells ->> 'sku' IS NOT NULL THEN i.sku = r.cells ->> 'sku' ELSE i.gtin = r.cells ->> 'gtin_14' END
      JOIN receipts c ON c.shop_id = r.shop_id AND c.id = $3::bigint
      JOIN lots l ON l.shop_id = r.shop_id AND l.item_id = i.id AND l.supplier_id = c.supplier_id AND l.lot_code = r.cells ->> 'lot_code'
      LEFT JOIN locations p ON p.shop_id = r.shop_id AND p.code = r.cells ->> 'location'
     CROSS JOIN (SELECT place_of($1, 'supplier') AS id) o
     WHERE r.shop_id = $1 AND r.import_id = $2::bigint
)
SELECT coalesce(c.purchase_order_id, 0) AS id FROM receipts c CROSS JOIN booked b WHERE c.shop_id = $1 AND c.id = $3::bigint
