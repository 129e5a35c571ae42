-- An open count with its row lock: it is entered into and booked by one at a time.
SELECT id FROM counts WHERE shop_id = $1 AND id = $2 AND state = 'open' FOR NO KEY UPDATE
