-- A version, unless it exists: an insert of the same version that has not committed yet is waited for, so of two people who
-- change the same version one adds a row and the other adds none.
INSERT INTO prescription_versions (shop_id, prescription_id, version, dosage_form, merge_rule, dose_mode, days, doses_per_day,
                                   packets, total_mg, directions, indication, change_note, created_by, weights_in, dose_mg,
                                   form_total_mg, unit_mg, unit_count, overage_permille, binder_permille,
                                   from_prescription_id, from_version, refills, refill_interval_days,
                                   route_code, timing_code, frequency_code)
VALUES ($1::bigint, $2::bigint, $3::integer, $4::text, $5::text, $6::text, $7::integer, $8::integer, $9::integer, $10::bigint,
        $11::text, $12::text, $13::text, $14::bigint, $15::text, $16::bigint, $17::bigint, $18::bigint, $19::bigint, $20::integer,
        $21::integer, $22::bigint, $23::integer, $24::integer, $25::integer,
        nullif($26::text, ''), nullif($27::text, ''), nullif($28::text, ''))
ON CONFLICT (shop_id, prescription_id, version) DO NOTHING
