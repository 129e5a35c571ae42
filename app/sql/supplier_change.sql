-- What is known of a supplier, anew; the code stays.
UPDATE suppliers SET name = $3, name_hanzi = $4, phone = $5, email = $6, city = $7, lead_time_days = $8::integer,
                     supplies = $9, certificate_note = $10
 WHERE shop_id = $1 AND id = $2 RETURNING id
