-- A new code in its first version. No row when the shop has it already, ended or not.
WITH made AS (
    INSERT INTO promo_codes (shop_id, code, version) VALUES ($1, $2, 1) ON CONFLICT DO NOTHING RETURNING code
)
SELECT code FROM made
