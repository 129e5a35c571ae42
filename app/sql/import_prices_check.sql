-- What is wrong with prices that came in and only the database can tell: SKUs the shop has not or that come twice, amounts that do
-- not suit how the item is sold.
INSERT INTO import_faults (shop_id, import_id, line, column_name, value, rule)
SELECT r.shop_id, r.import_id, r.line, f.column_name, f.value, f.rule
  FROM (SELECT shop_id, import_id, line, cells, count(*) OVER (PARTITION BY cells ->> 'sku') AS same_sku
          FROM import_rows WHERE shop_id = $1::bigint AND import_id = $2::bigint) r
  LEFT JOIN items i ON i.shop_id = r.shop_id AND i.sku = r.cells ->> 'sku'
 CROSS JOIN LATERAL (VALUES
       ('sku', r.cells ->> 'sku', 'is no item of this shop', r.cells ->> 'sku' IS NOT NULL AND i.id IS NULL),
       ('sku', r.cells ->> 'sku', 'stands in another row too', r.cells ->> 'sku' IS NOT NULL AND r.same_sku > 1),
       ('price_cents', r.cells ->> 'price_cents', 'is at most 1000000.00', (r.cells ->> 'price_cents')::numeric > 100000000),
       ('per_mg', r.cells ->> 'per_mg', 'does not suit an item counted in pieces', i.unit = 'each' AND r.cells ->> 'per_mg' IS NOT NULL),
       ('per_mg', r.cells ->> 'per_mg', 'is more than nothing and at most 100 tonnes',
        (r.cells ->> 'per_mg')::numeric NOT BETWEEN 1 AND 100000000000),
       ('per_pieces', r.cells ->> 'per_pieces', 'does not suit an item sold by weight',
        i.unit = 'mg' AND r.cells ->> 'per_pieces' IS NOT NULL),
       ('per_pieces', r.cells ->> 'per_pieces', 'is more than nothing and at most 1000000',
        (r.cells ->> 'per_pieces')::numeric NOT BETWEEN 1 AND 1000000)
       ) f (column_name, value, rule, wrong)
 WHERE f.wrong
