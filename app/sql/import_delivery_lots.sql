-- The delivery of an import, and the lots that are new with it; its number is kept with the first row, to undo by. What holds for
-- receipt_insert holds here. The lots are written as in stock, as the moves of the same transaction will find them: turning 50,000
-- new rows over afterwards takes three seconds, because a row of the same transaction has its foreign keys looked up again.
WITH read AS MATERIALIZED (
    SELECT r.cells ->> 'sku' AS sku, r.cells ->> 'gtin_14' AS gtin_14, r.cells ->> 'lot_code' AS lot_code,
           (r.cells ->> 'expires_on')::date AS expires_on, r.cells ->> 'precision' AS precision, (r.cells ->> 'made_on')::date AS made_on,
           coalesce(r.cells ->> 'quantity_mg', r.cells ->> 'pieces')::bigint AS quantity,
           coalesce((r.cells ->> 'cost_cents')::bigint, 0) AS cost_cents, r.cells ->> 'certificate' AS certificate
      FROM import_rows r
     WHERE r.shop_id = $1 AND r.import_id = $2
), lines AS MATERIALIZED (
    SELECT n.*, coalesce(a.id, b.id) AS item_id
      FROM read n
      LEFT JOIN items a ON a.shop_id = $1 AND a.sku = n.sku
      LEFT JOIN items b ON b.shop_id = $1 AND b.gtin = n.gtin_14 AND n.sku IS NULL
), made AS (
    INSERT INTO receipts (shop_id, supplier_id, invoice, received_by, purchase_order_id)
    SELECT $1, s.id, m.settings ->> 'invoice', $3::bigint, nullif(m.settings ->> 'purchase_order', '')::bigint
      FROM imports m JOIN suppliers s ON s.shop_id = $1 AND s.code = m.settings ->> 'supplier'
     WHERE m.shop_id = $1 AND m.id = $2
    RETURNING id, supplier_id
), new_lots AS (
    INSERT INTO lots (shop_id, item_id, supplier_id, lot_code, expires_on, expiry_precision, status, status_reason, certificate,
                      cost_cents, cost_quantity, made_on, in_stock)
    SELECT $1, n.item_id, m.supplier_id, n.lot_code, max(n.expires_on),
           coalesce(max(n.precision) FILTER (WHERE n.expires_on IS NOT NULL), 'day'),
           CASE WHEN max(n.certificate) IS NULL THEN 'quarantined' ELSE 'released' END,
           CASE WHEN max(n.certificate) IS NULL THEN 'no certificate' ELSE '' END, coalesce(max(n.certificate), ''),
           sum(n.cost_cents)::bigint, sum(n.quantity)::bigint, max(n.made_on),
           true
      FROM made m CROSS JOIN lines n
     GROUP BY n.item_id, m.supplier_id, n.lot_code
     ORDER BY n.item_id, n.lot_code
        ON CONFLICT (shop_id, item_id, supplier_id, lot_code) DO NOTHING
), kept AS (
    UPDATE import_rows r SET made_id = m.id FROM made m WHERE r.shop_id = $1 AND r.import_id = $2 AND r.line = 1
)
SELECT id FROM made
