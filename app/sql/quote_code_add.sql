-- A code that works in a quote, with the use reserved for it.
INSERT INTO quote_codes (shop_id, ticket_id, quote_no, code, version, discount_cents, use_id)
VALUES ($1, $2, $3::integer, $4, $5::integer, $6, $7)
