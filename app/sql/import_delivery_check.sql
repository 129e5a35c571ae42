-- What is wrong with a delivery that came in as a table and only the database can tell: unknown items and places, units that do not
-- suit, expiries that differ within the file or from the lot's own, and beside the file the supplier, invoice and purchase order.
-- Cells are taken out of their JSON once, and items found by two plain joins: 50,000 rows are a second or two.
WITH read AS MATERIALIZED (
    SELECT r.line, r.cells ->> 'sku' AS sku, r.cells ->> 'gtin' AS gtin, r.cells ->> 'gtin_14' AS gtin_14, r.cells ->> 'lot_code' AS lot_code,
           r.cells ->> 'expires_on' AS expires_on, r.cells ->> 'made_on' AS made_on, r.cells ->> 'quantity_mg' AS quantity_mg,
           r.cells ->> 'pieces' AS pieces, r.cells ->> 'location' AS location
      FROM import_rows r
     WHERE r.shop_id = $1::bigint AND r.import_id = $2::bigint
), lines AS MATERIALIZED (
    SELECT n.*, coalesce(a.id, b.id) AS item_id, coalesce(a.unit, b.unit) AS unit,
           coalesce(a.home_location_id, b.home_location_id) AS home_location_id,
           min(n.expires_on) OVER (PARTITION BY coalesce(a.id, b.id), n.lot_code) AS first_expiry
      FROM read n
      LEFT JOIN items a ON a.shop_id = $1::bigint AND a.sku = n.sku
      LEFT JOIN items b ON b.shop_id = $1::bigint AND b.gtin = n.gtin_14 AND n.sku IS NULL
), head AS MATERIALIZED (
    SELECT m.settings, s.id AS supplier_id, s.retired_at IS NOT NULL AS supplier_retired
      FROM imports m LEFT JOIN suppliers s ON s.shop_id = m.shop_id AND s.code = m.settings ->> 'supplier'
     WHERE m.shop_id = $1::bigint AND m.id = $2::bigint
)
INSERT INTO import_faults (shop_id, import_id, line, column_name, place, value, rule)
SELECT $1::bigint, $2::bigint, r.line, f.column_name, NULL, f.value, f.rule
  FROM lines r
  LEFT JOIN locations p ON p.shop_id = $1::bigint AND p.code = r.location AND p.internal AND p.kind NOT IN ('transit', 'making')
  LEFT JOIN locations h ON h.shop_id = $1::bigint AND h.id = r.home_location_id AND r.location IS NULL
  LEFT JOIN lots l ON l.shop_id = $1::bigint AND l.item_id = r.item_id AND l.supplier_id = (SELECT supplier_id FROM head)
       AND l.lot_code = r.lot_code
 CROSS JOIN LATERAL (VALUES
       (CASE WHEN r.sku IS NULL THEN 'gtin' ELSE 'sku' END, coalesce(r.sku, r.gtin),
        'is no item of this shop', r.item_id IS NULL AND coalesce(r.sku, r.gtin_14) IS NOT NULL),
       ('lot_code', r.lot_code, 'is at most 60 characters', length(r.lot_code) > 60),
       ('location', r.location, 'is no place of this shop where goods lie', r.location IS NOT NULL AND p.id IS NULL),
       ('location', r.location, 'is out of use', p.retired_at IS NOT NULL),
       ('location', NULL, 'must be given: the place of the item is out of use', h.retired_at IS NOT NULL),
       ('location', NULL, 'must be given: the item has no place of its own',
        r.location IS NULL AND r.item_id IS NOT NULL AND r.home_location_id IS NULL),
       ('pieces', r.pieces, 'does not suit the item: it is kept by weight', r.unit = 'mg' AND r.pieces IS NOT NULL),
       ('quantity_mg', r.quantity_mg, 'does not suit the item: it is counted in pieces', r.unit = 'each' AND r.quantity_mg IS NOT NULL),
       ('quantity_mg', coalesce(r.quantity_mg, r.pieces), 'is more than nothing and at most 100 tonnes',
        coalesce(r.quantity_mg, r.pieces)::numeric NOT BETWEEN 1 AND 100000000000),
       ('expires_on', r.expires_on, 'differs from the expiry of the same lot in another row', r.expires_on <> r.first_expiry),
       ('expires_on', r.expires_on, 'differs from the expiry already given for this lot',
        l.id IS NOT NULL AND r.expires_on IS NOT NULL AND l.expires_on IS DISTINCT FROM r.expires_on::date),
       ('expires_on', r.expires_on, 'is before the day of manufacture', r.expires_on < r.made_on),
       ('expires_on', r.expires_on, 'is a day of this century or the next',
        r.expires_on::date NOT BETWEEN '2000-01-01' AND '2199-12-31')
       ) f (column_name, value, rule, wrong)
 WHERE f.wrong
UNION ALL
SELECT $1::bigint, $2::bigint, NULL, NULL, f.place, f.value, f.rule
  FROM head m
  LEFT JOIN purchase_orders o ON o.shop_id = $1::bigint AND o.id::text = m.settings ->> 'purchase_order'
       AND o.supplier_id = m.supplier_id AND o.state IN ('sent', 'part_received', 'received')
 CROSS JOIN LATERAL (VALUES
       ('supplier', m.settings ->> 'supplier', 'is no supplier of this shop', m.supplier_id IS NULL),
       ('supplier', m.settings ->> 'supplier', 'is out of use', m.supplier_retired AND o.id IS NULL),
       ('invoice', m.settings ->> 'invoice', 'of this supplier was received already',
        EXISTS (SELECT FROM receipts r WHERE r.shop_id = $1::bigint AND r.supplier_id = m.supplier_id
                   AND r.invoice = m.settings ->> 'invoice' AND r.undone_at IS NULL)),
       ('invoice', m.settings ->> 'invoice', 'is 1 to 80 characters', length(coalesce(m.settings ->> 'invoice', '')) NOT BETWEEN 1 AND 80),
       ('purchase_order', m.settings ->> 'purchase_order', 'is no order to this supplier that was sent',
        coalesce(m.settings ->> 'purchase_order', '') <> '' AND o.id IS NULL)) f (place, value, rule, wrong)
 WHERE f.wrong
