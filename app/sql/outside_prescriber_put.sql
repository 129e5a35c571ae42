-- A prescriber with no account here, known by where and under what number she is registered: added, or her name, address and phone as the
-- newest paper has them.
INSERT INTO outside_prescribers (shop_id, name, address, phone, registration, registered_with, added_by)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (shop_id, registered_with, registration) DO UPDATE SET name = excluded.name, address = excluded.address, phone = excluded.phone
RETURNING id
