-- Whether there is such an order at all, and where it stands.
SELECT state FROM orders WHERE shop_id = $1 AND id = $2
