-- The delivery an import made.
SELECT made_id AS id FROM import_rows WHERE shop_id = $1 AND import_id = $2 AND line = 1
