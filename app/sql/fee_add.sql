-- A fee beside the herbs of an order.
INSERT INTO fees (shop_id, name, name_hanzi, dosage_form, per, unit_mg, amount_cents, tax_category, valid_from, valid_until, created_by)
VALUES ($1, $2, $3::text, $4::text, $5, $6::bigint, $7, $8::text, $9::date, $10::date, $11::bigint)
RETURNING id
