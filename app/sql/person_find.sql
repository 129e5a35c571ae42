-- A person of the shop who may still act.
SELECT id FROM users WHERE shop_id = $1::bigint AND username = lower($2::text) AND disabled_at IS NULL
