-- What the demo shop keeps.
INSERT INTO items (shop_id, sku, item_kind, herb_id, product_id, preparation, name, name_hanzi, unit, ratio_numerator,
                   ratio_denominator, price_cents, price_per_quantity, tax_category, home_location_id, reorder_quantity, gtin,
                   flags, demo)
SELECT $1, r->>'sku', r->>'item_kind', r->>'herb_id', r->>'product_id', r->>'preparation', r->>'name', r->>'name_hanzi',
       r->>'unit', coalesce((r->>'ratio_numerator')::bigint, 1), coalesce((r->>'ratio_denominator')::bigint, 1),
       (r->>'price_cents')::bigint, (r->>'price_per_quantity')::bigint, r->>'tax_category', p.id,
       (r->>'reorder_quantity')::bigint, r->>'gtin', coalesce(r->>'flags', ''), true
  FROM rows_of($2::text[], $3::text[]) r
  LEFT JOIN locations p ON p.shop_id = $1 AND p.code = r->>'drawer'
