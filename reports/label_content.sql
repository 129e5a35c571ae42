-- A frozen label's own fields, as columns.
SELECT x.*, $2::integer AS copy_no
  FROM jsonb_to_record($1::jsonb) AS x (shop_name text, shop_name_hanzi text, shop_address text, shop_phone text,
       patient_name text, patient_born date, language text, prescriber_name text, prescriber_registration text, filled_by text,
       checked_by text, order_number text, control_number text, product_name text, product_hanzi text, product_english text,
       form text, packets text, packet_total bigint, total bigint, tolerance_permille integer, dispensed_on date,
       beyond_use date, beyond_use_reason text, storage text, printed_at timestamptz, label_profile text, conditions text, container text,
       patient_age text, patient_sex text, patient_address text, patient_record_number text, prescriber_address text,
       prescriber_phone text, prescriber_signature text, department text, prescribed_on text, reviewer_name text, issuer_name text,
       prepared_on text, manufacturer_name text, manufacturer_address text, strength text, pack_size text, indication text,
       diagnosis text, maximum_dose text, repeats text, prescription_expiry text, physical_description text, spoon_measure text,
       drawer text, handling text, status text, supplier text, scan_code text)
