-- What is wrong with items that came in and only the database can tell: SKUs that are taken or come twice, unknown places, units
-- that do not suit.
INSERT INTO import_faults (shop_id, import_id, line, column_name, value, rule)
SELECT r.shop_id, r.import_id, r.line, f.column_name, f.value, f.rule
  FROM (SELECT shop_id, import_id, line, cells, count(*) OVER (PARTITION BY cells ->> 'sku') AS same_sku
          FROM import_rows WHERE shop_id = $1::bigint AND import_id = $2::bigint) r
  CROSS JOIN LATERAL (SELECT r.cells ->> 'unit' = 'each' OR r.cells ->> 'item_kind' = 'goods' AS pieces) k
  LEFT JOIN items i ON i.shop_id = r.shop_id AND i.sku = r.cells ->> 'sku'
  LEFT JOIN locations l ON l.shop_id = r.shop_id AND l.code = r.cells ->> 'home' AND l.internal
 CROSS JOIN LATERAL (VALUES
       ('sku', r.cells ->> 'sku', 'belongs to another item', i.id IS NOT NULL),
       ('sku', r.cells ->> 'sku', 'stands in another row too', r.cells ->> 'sku' IS NOT NULL AND r.same_sku > 1),
       ('sku', r.cells ->> 'sku', 'is at most 60 characters', length(r.cells ->> 'sku') > 60),
       ('name', r.cells ->> 'name', 'is at most 120 characters', length(r.cells ->> 'name') > 120),
       ('home', r.cells ->> 'home', 'is no place of this shop where goods lie',
        r.cells ->> 'home' IS NOT NULL AND l.id IS NULL),
       ('home', r.cells ->> 'home', 'is out of use', l.retired_at IS NOT NULL),
       ('unit', r.cells ->> 'unit', 'must be given for a product: g or each',
        r.cells ->> 'item_kind' = 'product' AND r.cells ->> 'unit' IS NULL),
       ('unit', r.cells ->> 'unit', 'is g for a herb: only products and goods are counted in pieces',
        r.cells ->> 'item_kind' NOT IN ('product', 'goods') AND r.cells ->> 'unit' = 'each'),
       ('unit', r.cells ->> 'unit', 'is each for goods: they are counted in pieces',
        r.cells ->> 'item_kind' = 'goods' AND r.cells ->> 'unit' = 'mg'),
       ('price_per_mg', r.cells ->> 'price_per_mg', 'does not suit an item counted in pieces',
        k.pieces AND r.cells ->> 'price_per_mg' IS NOT NULL),
       ('price_per_mg', r.cells ->> 'price_per_mg', 'is more than nothing', (r.cells ->> 'price_per_mg')::bigint = 0),
       ('reorder_mg', r.cells ->> 'reorder_mg', 'does not suit an item counted in pieces',
        k.pieces AND r.cells ->> 'reorder_mg' IS NOT NULL),
       ('reorder_pieces', r.cells ->> 'reorder_pieces', 'belongs to items counted in pieces',
        NOT coalesce(k.pieces, false) AND r.cells ->> 'reorder_pieces' IS NOT NULL)
       ) f (column_name, value, rule, wrong)
 WHERE f.wrong
