-- The rule a proposal sets, whole.
INSERT INTO shop_rules (shop_id, proposal_id, rule_id, kind, subject_kind, subject_id, object_kind, object_id, severity, effect,
                        mechanism, evidence_level, evidence_class, evidence_direction, action, threshold_g, below_severity,
                        lasting_days, stop_days_before, lowers_to, note, confidence)
VALUES ($1::bigint, $2::bigint, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text::severity, $10::text, $11::text,
        $12::text, $13::text, $14::text, $15::text, $16::numeric, $17::text::severity, $18::integer, $19::integer,
        $20::text::severity, $21::text, $22::text)
