-- Ends what an order had reserved, for it is allocated anew.
UPDATE reservations SET ended_at = now() WHERE shop_id = $1 AND order_id = $2 AND ended_at IS NULL
