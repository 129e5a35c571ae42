-- A shop's own tier; NULL: as the reference has it.
INSERT INTO shop_tiers (shop_id, role, moment, severity, tier, changed_by)
VALUES ($1::bigint, $2::text, $3::text, $4::text, $5::text, $6::bigint)
ON CONFLICT (shop_id, role, moment, severity) DO UPDATE SET tier = excluded.tier, changed_by = excluded.changed_by, changed_at = now()
