-- A new patient; without a code she gets the next of the shop's own (P-0001, …), which patient_code_lock guards.
INSERT INTO patients (shop_id, code, family_name, given_name, name_hanzi, sex, born_on, weight_mg, occupation, phone,
                      language, complaint, created_by)
SELECT $1::bigint,
       coalesce($2::text,
                (SELECT 'P-' || to_char(coalesce(max(substring(code FROM '^P-([0-9]{4,9})$')::bigint), 0) + 1, 'FM999990000')
                   FROM patients WHERE shop_id = $1::bigint)),
       $3::text, $4::text, $5::text, $6::text, $7::date, $8::bigint, $9::text, $10::text, coalesce($11::text, 'english'),
       $12::text, $13::bigint
RETURNING id AS number
