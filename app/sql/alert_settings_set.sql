-- From when on a rule comes before the curator.
INSERT INTO alert_settings (shop_id, override_percent, least_shown, days, set_by) VALUES ($1::bigint, $2::integer, $3::integer, $4::integer, $5::bigint)
ON CONFLICT (shop_id) DO UPDATE SET override_percent = $2, least_shown = $3, days = $4, set_by = $5, set_at = now()
