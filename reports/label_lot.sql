-- A lot's label: what it is, whose, how long, and the code a scanner reads. With a GTIN the code is GS1 (01, 17, 10 and the net weight
-- of a pack, 3103, where it is known in whole grams); without one, or with a lot code GS1 has no characters for, it is the shop's
-- own (schema/0049).
SELECT l.id, '' AS state, jsonb_build_object(
    'shop_name', s.name, 'language', 'english', 'order_number', l.id::text,
    'product_name', coalesce(h.pinyin, i.name), 'product_hanzi', coalesce(h.hanzi, i.name_hanzi, ''),
    'product_english', concat_ws('; ', nullif(concat_ws(', ', h.english, nullif(i.preparation, '')), ''), h.pharmaceutical_latin),
    'form', i.item_kind || CASE WHEN i.ratio_numerator = i.ratio_denominator THEN ''
                                ELSE ' ' || i.ratio_numerator || ':' || i.ratio_denominator END,
    'control_number', l.lot_code, 'beyond_use', l.expires_on, 'supplier', u.name,
    'status', CASE l.status WHEN 'released' THEN '' ELSE upper(l.status) END, 'drawer', coalesce(p.code, ''), 'handling', i.sku,
    'scan_code', CASE WHEN i.gtin ~ '^[0-9]{8,14}$' AND l.lot_code ~ '^[!-Z_a-z]{1,20}$' AND l.lot_code !~ '[][]'
                      THEN '[01]' || lpad(i.gtin, 14, '0')
                           || coalesce('[17]' || to_char(l.expires_on, 'YYMM') || CASE l.expiry_precision WHEN 'month' THEN '00'
                                                                                  ELSE to_char(l.expires_on, 'DD') END, '')
                           || CASE WHEN i.unit = 'mg' AND i.pack_quantity % 1000 = 0 AND i.pack_quantity BETWEEN 1000 AND 999999000
                                   THEN '[3103]' || lpad((i.pack_quantity / 1000)::text, 6, '0') ELSE '' END
                           || '[10]' || l.lot_code
                      ELSE lot_own_code(l.id) END,
    'printed_at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text AS content
  FROM unnest($2::bigint[]) AS wanted (id)
  JOIN lots l ON l.shop_id = $1::bigint AND l.id = wanted.id
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
  JOIN suppliers u ON u.shop_id = l.shop_id AND u.id = l.supplier_id
  JOIN shops s ON s.id = l.shop_id
  LEFT JOIN herbs h ON h.id = i.herb_id
  LEFT JOIN locations p ON p.shop_id = i.shop_id AND p.id = i.home_location_id
