-- The count that an import's sheets belong to.
SELECT (cells ->> 'count_no')::bigint AS id FROM import_rows WHERE shop_id = $1 AND import_id = $2 ORDER BY line LIMIT 1
