-- The ticket's new state; its row is locked already.
UPDATE tickets SET state = $3 WHERE shop_id = $1 AND id = $2
