-- What may change of an item. Its herb, unit and ratio are what its lots and printed labels rest on, and stay.
UPDATE items SET preparation = $3, name = $4, name_hanzi = $5, price_cents = $6, price_per_quantity = $7,
                 home_location_id = $8::bigint, reorder_quantity = $9::bigint
 WHERE shop_id = $1 AND id = $2
