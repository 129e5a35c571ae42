-- From now on the code works no more. What is reserved with it stays until its quote is paid or runs out.
UPDATE promo_codes SET ended_at = now(), ended_by = $3::bigint WHERE shop_id = $1 AND code = $2 AND ended_at IS NULL
