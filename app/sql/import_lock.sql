-- Who applies or undoes an import holds its row: a second one waits, and then finds it done.
SELECT id FROM imports WHERE shop_id = $1::bigint AND id = $2 FOR NO KEY UPDATE
