-- The printer is not used any more; what was printed on it stays told.
UPDATE printers SET removed_at = now() WHERE shop_id = $1 AND code = $2 AND removed_at IS NULL
