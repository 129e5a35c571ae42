-- What is wrong with prices that came in and only the database can tell: SKUs the shop has not or that come twice, amounts that do
-- not suit how the item is sold. Cells are taken out of their JSON once.
WITH lines AS MATERIALIZED (
    SELECT r.line, x.sku, x.price_cents, x.per_mg, x.per_pieces, count(*) OVER (PARTITION BY x.sku) AS same_sku
      FROM import_rows r
     CROSS JOIN LATERAL jsonb_to_record(r.cells) x (sku text, price_cents numeric, per_mg numeric, per_pieces numeric)
     WHERE r.shop_id = $1::bigint AND r.import_id = $2::bigint
)
INSERT INTO import_faults (shop_id, import_id, line, column_name, value, rule)
SELECT $1::bigint, $2::bigint, n.line, f.column_name, f.value, f.rule
  FROM lines n
  LEFT JOIN items i ON i.shop_id = $1::bigint AND i.sku = n.sku
 CROSS JOIN LATERAL (VALUES
       ('sku', n.sku, 'is no item of this shop', n.sku IS NOT NULL AND i.id IS NULL),
       ('sku', n.sku, 'stands in another row too', n.sku IS NOT NULL AND n.same_sku > 1),
       ('price_cents', n.price_cents::text, 'is at most 1000000.00', n.price_cents > 100000000),
       ('per_mg', n.per_mg::text, 'does not suit an item counted in pieces', i.unit = 'each' AND n.per_mg IS NOT NULL),
       ('per_mg', n.per_mg::text, 'is more than nothing and at most 100 tonnes', n.per_mg NOT BETWEEN 1 AND 100000000000),
       ('per_pieces', n.per_pieces::text, 'does not suit an item sold by weight', i.unit = 'mg' AND n.per_pieces IS NOT NULL),
       ('per_pieces', n.per_pieces::text, 'is more than nothing and at most 1000000', n.per_pieces NOT BETWEEN 1 AND 1000000)
       ) f (column_name, value, rule, wrong)
 -- first what is cheap: nearly every row is right
 WHERE f.wrong AND (i.id IS NULL OR n.same_sku > 1 OR n.price_cents > 100000000 OR n.per_mg IS NOT NULL OR n.per_pieces IS NOT NULL)
