-- The prescriber's answer to a proposal; $5 is the version a consent became, 0 with a refusal.
INSERT INTO substitution_answers (shop_id, substitution_id, prescription_id, consented, version, note, answered_by)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::boolean, nullif($5::bigint, 0)::integer, $6::text, $7::bigint)
