-- The next state of a batch.
UPDATE batches SET state = $3 WHERE shop_id = $1 AND id = $2
