-- Yes or no to a correction.
UPDATE adjustments SET state = $3, decided_by = $4, decided_at = now() WHERE shop_id = $1 AND id = $2 AND state = 'asked'
