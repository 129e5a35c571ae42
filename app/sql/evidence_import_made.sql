-- Which proposal a row became.
UPDATE import_rows SET made_id = $4::bigint WHERE shop_id = $1::bigint AND import_id = $2::bigint AND line = $3::bigint
