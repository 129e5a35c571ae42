-- A code: its newest version and whether it was ended.
SELECT code, version::bigint AS version, ended_at IS NOT NULL AS ended FROM promo_codes WHERE shop_id = $1 AND code = upper($2)
