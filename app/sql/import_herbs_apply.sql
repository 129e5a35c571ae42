-- The import's items; unnamed ones are called as their herb or product.
WITH coming AS (
    SELECT r.line, x.* FROM import_rows r,
           jsonb_to_record(r.cells) x (sku text, item_kind text, herb_id text, product_id text, preparation text, name text,
                                       name_hanzi text, unit text, ratio_numerator bigint, ratio_denominator bigint,
                                       price_cents bigint, price_per_mg bigint, home text, reorder_mg bigint,
                                       reorder_pieces bigint)
     WHERE r.shop_id = $1::bigint AND r.import_id = $2::bigint
), made AS (
    INSERT INTO items (shop_id, sku, item_kind, herb_id, product_id, preparation, name, name_hanzi, unit, ratio_numerator,
                       ratio_denominator, price_cents, price_per_quantity, home_location_id, reorder_quantity)
    SELECT $1::bigint, n.sku, n.item_kind, n.herb_id, n.product_id, n.preparation,
           coalesce(n.name, coalesce(h.pinyin, p.english) || coalesce(', ' || n.preparation, '')
                            || CASE n.item_kind
                               WHEN 'granule' THEN ', granule ' || round(n.ratio_numerator::numeric / n.ratio_denominator, 1)::float::text || ':1'
                               WHEN 'powder' THEN ', powder' ELSE '' END),
           coalesce(n.name_hanzi, h.hanzi, p.hanzi), k.unit, n.ratio_numerator, n.ratio_denominator,
           coalesce(n.price_cents, 0), CASE k.unit WHEN 'each' THEN 1 ELSE coalesce(n.price_per_mg, 1000) END,
           l.id, coalesce(n.reorder_mg, n.reorder_pieces)
      FROM coming n
     CROSS JOIN LATERAL (SELECT coalesce(n.unit, CASE n.item_kind WHEN 'goods' THEN 'each' ELSE 'mg' END) AS unit) k
      LEFT JOIN herbs h ON h.id = n.herb_id
      LEFT JOIN products p ON p.id = n.product_id
      LEFT JOIN locations l ON l.shop_id = $1::bigint AND l.code = n.home AND l.internal
     ORDER BY n.line
    RETURNING id, sku
)
UPDATE import_rows r SET made_id = m.id
  FROM made m JOIN coming n ON n.sku = m.sku
 WHERE r.shop_id = $1::bigint AND r.import_id = $2::bigint AND r.line = n.line
