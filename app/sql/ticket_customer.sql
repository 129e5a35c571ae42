-- Who the customer is, and of which group.
UPDATE tickets SET patient_id = $3::bigint, customer_group = $4::text WHERE shop_id = $1 AND id = $2
