-- A correction, booked or waiting for another person. Its move is the next statement.
INSERT INTO adjustments (shop_id, use, reason, lot_id, from_location_id, to_location_id, quantity, order_id, reference, note,
                         value_cents, limit_cents, state, asked_by, single_person_mode_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::bigint, coalesce($9, ''), coalesce($10, ''), $11, $12, $13, $14, $15::bigint)
RETURNING id
