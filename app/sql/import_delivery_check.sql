-- What is wrong with a delivery that came in as a table and only the database can tell: unknown items and places, units that do not
-- suit, expiries that differ within the file or from the lot's own, and beside the file the supplier, invoice and purchase order.
WITH lines AS (
    SELECT r.shop_id, r.import_id, r.line, r.cells, i.id AS item_id, i.unit, i.home_location_id, s.id AS supplier_id,
           min(r.cells ->> 'expires_on') OVER (PARTITION BY i.id, r.cells ->> 'lot_code') AS first_expiry
      FROM import_rows r
      JOIN imports m ON m.shop_id = r.shop_id AND m.id = r.import_id
      LEFT JOIN items i ON i.shop_id = r.shop_id
            AND CASE WHEN r.cells ->> 'sku' IS NOT NULL THEN i.sku = r.cells ->> 'sku' ELSE i.gtin = r.cells ->> 'gtin_14' END
      LEFT JOIN suppliers s ON s.shop_id = r.shop_id AND s.code = m.settings ->> 'supplier'
     WHERE r.shop_id = $1::bigint AND r.import_id = $2::bigint
)
INSERT INTO import_faults (shop_id, import_id, line, column_name, place, value, rule)
SELECT r.shop_id, r.import_id, r.line, f.column_name, NULL, f.value, f.rule
  FROM lines r
  LEFT JOIN locations p ON p.shop_id = r.shop_id AND p.code = r.cells ->> 'location' AND p.internal
       AND p.kind NOT IN ('transit', 'making')
  LEFT JOIN lots l ON l.shop_id = r.shop_id AND l.item_id = r.item_id AND l.supplier_id = r.supplier_id
       AND l.lot_code = r.cells ->> 'lot_code'
 CROSS JOIN LATERAL (VALUES
       (CASE WHEN r.cells ->> 'sku' IS NULL THEN 'gtin' ELSE 'sku' END, coalesce(r.cells ->> 'sku', r.cells ->> 'gtin'),
        'is no item of this shop', r.item_id IS NULL AND coalesce(r.cells ->> 'sku', r.cells ->> 'gtin_14') IS NOT NULL),
       ('lot_code', r.cells ->> 'lot_code', 'is at most 60 characters', length(r.cells ->> 'lot_code') > 60),
       ('location', r.cells ->> 'location', 'is no place of this shop where goods lie',
        r.cells ->> 'location' IS NOT NULL AND p.id IS NULL),
       ('location', NULL, 'must be given: the item has no place of its own',
        r.cells ->> 'location' IS NULL AND r.item_id IS NOT NULL AND r.home_location_id IS NULL),
       ('pieces', r.cells ->> 'pieces', 'does not suit the item: it is kept by weight',
        r.unit = 'mg' AND r.cells ->> 'pieces' IS NOT NULL),
       ('quantity_mg', r.cells ->> 'quantity_mg', 'does not suit the item: it is counted in pieces',
        r.unit = 'each' AND r.cells ->> 'quantity_mg' IS NOT NULL),
       ('quantity_mg', coalesce(r.cells ->> 'quantity_mg', r.cells ->> 'pieces'), 'is more than nothing and at most 100 tonnes',
        coalesce(r.cells ->> 'quantity_mg', r.cells ->> 'pieces')::numeric NOT BETWEEN 1 AND 100000000000),
       ('expires_on', r.cells ->> 'expires_on', 'differs from the expiry of the same lot in another row',
        r.cells ->> 'expires_on' <> r.first_expiry),
       ('expires_on', r.cells ->> 'expires_on', 'differs from the expiry already given for this lot',
        l.id IS NOT NULL AND r.cells ->> 'expires_on' IS NOT NULL AND l.expires_on IS DISTINCT FROM (r.cells ->> 'expires_on')::date),
       ('expires_on', r.cells ->> 'expires_on', 'is before the day of manufacture', r.cells ->> 'expires_on' < r.cells ->> 'made_on'),
       ('expires_on', r.cells ->> 'expires_on', 'is a day of this century or the next',
        (r.cells ->> 'expires_on')::date NOT BETWEEN '2000-01-01' AND '2199-12-31')
       ) f (column_name, value, rule, wrong)
 WHERE f.wrong
UNION ALL
SELECT m.shop_id, m.id, NULL, NULL, f.place, f.value, f.rule
  FROM imports m
  LEFT JOIN suppliers s ON s.shop_id = m.shop_id AND s.code = m.settings ->> 'supplier'
  LEFT JOIN purchase_orders o ON o.shop_id = m.shop_id AND o.id::text = m.settings ->> 'purchase_order'
       AND o.supplier_id = s.id AND o.state IN ('sent', 'part_received', 'received')
 CROSS JOIN LATERAL (VALUES
       ('supplier', m.settings ->> 'supplier', 'is no supplier of this shop', s.id IS NULL),
       ('invoice', m.settings ->> 'invoice', 'of this supplier was received already',
        EXISTS (SELECT FROM receipts r WHERE r.shop_id = m.shop_id AND r.supplier_id = s.id
                   AND r.invoice = m.settings ->> 'invoice' AND r.undone_at IS NULL)),
       ('invoice', m.settings ->> 'invoice', 'is 1 to 80 characters', length(coalesce(m.settings ->> 'invoice', '')) NOT BETWEEN 1 AND 80),
       ('purchase_order', m.settings ->> 'purchase_order', 'is no order to this supplier that was sent',
        coalesce(m.settings ->> 'purchase_order', '') <> '' AND o.id IS NULL)) f (place, value, rule, wrong)
 WHERE m.shop_id = $1::bigint AND m.id = $2::bigint AND f.wrong
