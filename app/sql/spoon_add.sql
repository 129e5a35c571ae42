-- So many level spoons weighed so much.
INSERT INTO spoon_measures (shop_id, lot_id, order_id, spoon, spoons, weighed, reading_id, previous_id, shift_permille, measured_by)
VALUES ($1, $2::bigint, $3::bigint, $4, $5::integer, $6, $7::bigint, $8::bigint, $9::integer, $10)
RETURNING id
