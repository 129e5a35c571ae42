-- Lets a label through without a field its profile asks for: who, when and why stay on record.
INSERT INTO label_overrides (shop_id, order_id, kind, profile_id, field, fault, reason, note, overridden_by)
VALUES ($1::bigint, $2::bigint, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::bigint)
