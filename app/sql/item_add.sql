-- An item the shop keeps. Unnamed, it is called as its herb or product; granules say how strong they are. No row when the SKU is taken.
INSERT INTO items (shop_id, sku, item_kind, herb_id, product_id, preparation, name, name_hanzi, unit, ratio_numerator,
                   ratio_denominator, price_cents, price_per_quantity, home_location_id, reorder_quantity, gtin,
                   tax_category, flags, pack_quantity, content_mg)
SELECT $1, $2, $3::text, $4::text, $5::text, $6::text,
       coalesce($7::text,
                coalesce(h.pinyin, p.english) || coalesce(', ' || $6::text, '')
                    || CASE $3::text WHEN 'granule' THEN ', granule ' || round($10::numeric / $11::numeric, 1)::float::text || ':1'
                                     WHEN 'powder' THEN ', powder' ELSE '' END),
       coalesce($8::text, h.hanzi, p.hanzi), $9, $10::bigint, $11::bigint, $12, $13, $14::bigint, $15::bigint, $16, $17, coalesce($18, ''), $19::bigint, $20::bigint
  FROM (SELECT) one
  LEFT JOIN herbs h ON h.id = $4::text
  LEFT JOIN products p ON p.id = $5::text
ON CONFLICT (shop_id, sku) DO NOTHING
RETURNING id
