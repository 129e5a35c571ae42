-- What may change of an item, unless somebody changed it since the version ($10) that was looked at. What the last four do not say stays;
-- 'none' or -1 takes it away. Its herb, unit and ratio are what its lots and printed labels rest on, and stay.
UPDATE items SET preparation = $3, name = $4, name_hanzi = $5, price_cents = $6, price_per_quantity = $7,
                 home_location_id = $8::bigint, reorder_quantity = $9::bigint, gtin = nullif(coalesce($11, gtin), 'none'),
                 tax_category = nullif(coalesce($12, tax_category), 'none'),
                 flags = CASE $13::text WHEN 'none' THEN '' ELSE coalesce($13::text, flags) END,
                 pack_quantity = nullif(coalesce($14::bigint, pack_quantity), -1),
                 content_mg = nullif(coalesce($15::bigint, content_mg), -1), version = version + 1
 WHERE shop_id = $1 AND id = $2 AND ($10::bigint IS NULL OR version = $10::bigint)
RETURNING item_kind
