-- The version a code stands at now.
UPDATE promo_codes SET version = $3::integer WHERE shop_id = $1 AND code = $2 AND ended_at IS NULL
