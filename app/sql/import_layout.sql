-- Which letter the file gives each column of a part.
UPDATE imports SET layout = layout || jsonb_build_object($3::text, jsonb_object($4::text[], $5::text[]))
 WHERE shop_id = $1::bigint AND id = $2
