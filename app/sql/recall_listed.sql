-- The moment everybody concerned was known: the list has just been made.
UPDATE recalls SET listed_at = clock_timestamp() WHERE shop_id = $1 AND id = $2 AND listed_at IS NULL
