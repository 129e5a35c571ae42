-- A place of the kind quarantine by its code.
SELECT id FROM locations WHERE shop_id = $1 AND code = $2 AND kind = 'quarantine'
