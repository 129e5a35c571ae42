-- A printer. No row when a printer in use has that code.
INSERT INTO printers (shop_id, code, name, uri, format, dpi, media_width_um, media_height_um, added_by)
VALUES ($1, $2, $3, $4, $5, $6::integer, $7::integer, $8::integer, $9)
ON CONFLICT (shop_id, code) WHERE removed_at IS NULL DO NOTHING
RETURNING id
