-- The scale is not used any more; what was read from it stays.
UPDATE scales SET removed_at = now() WHERE shop_id = $1 AND code = $2 AND removed_at IS NULL
