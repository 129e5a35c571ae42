-- The order stays where it stands until the stop that follows has its end. The row is locked already.
UPDATE orders SET stopped_state = state WHERE shop_id = $1 AND id = $2 AND stopped_state IS NULL
