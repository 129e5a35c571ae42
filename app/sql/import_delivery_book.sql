-- The moves of an import's delivery, the rows $5 to $6: some thousands at a time, so that no statement runs into the time limit; all
-- in one transaction. Returns the purchase order it belongs to, 0 for none.
WITH read AS MATERIALIZED (
    SELECT r.cells ->> 'sku' AS sku, r.cells ->> 'gtin_14' AS gtin_14, r.cells ->> 'lot_code' AS lot_code, r.cells ->> 'location' AS location,
           coalesce(r.cells ->> 'quantity_mg', r.cells ->> 'pieces')::bigint AS quantity
      FROM import_rows r
     WHERE r.shop_id = $1 AND r.import_id = $2::bigint AND r.line BETWEEN $5::bigint AND $6::bigint
), lines AS MATERIALIZED (
    SELECT n.lot_code, n.quantity, coalesce(a.id, b.id) AS item_id, coalesce(p.id, a.home_location_id, b.home_location_id) AS place_id
      FROM read n
      LEFT JOIN items a ON a.shop_id = $1 AND a.sku = n.sku
      LEFT JOIN items b ON b.shop_id = $1 AND b.gtin = n.gtin_14 AND n.sku IS NULL
      LEFT JOIN locations p ON p.shop_id = $1 AND p.code = n.location
), booked AS (
    SELECT stock_book($1, array_agg(l.id), array_agg(place_of.id), array_agg(n.place_id), array_agg(n.quantity), 'received', NULL,
                      $3::bigint, 'import ' || $2::bigint, $4::bigint) AS moves
      FROM lines n
      JOIN lots l ON l.shop_id = $1 AND l.item_id = n.item_id AND l.lot_code = n.lot_code
           AND l.supplier_id = (SELECT supplier_id FROM receipts WHERE shop_id = $1 AND id = $3::bigint)
     CROSS JOIN (SELECT place_of($1, 'supplier') AS id) place_of
)
SELECT coalesce(c.purchase_order_id, 0) AS id FROM receipts c CROSS JOIN booked b WHERE c.shop_id = $1 AND c.id = $3::bigint
