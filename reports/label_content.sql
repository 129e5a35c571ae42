-- A frozen label's own fields, as columns.
SELECT x.*, $2::integer AS copy_no
  FROM jsonb_to_record($1::jsonb) AS x (shop_name text, shop_name_hanzi text, shop_address text, shop_phone text,
       patient_name text, patient_born date, language text, prescriber_name text, prescriber_registration text, filled_by text,
       checked_by text, order_number text, control_number text, product_name text, product_hanzi text, product_english text,
       form text, packets text, packet_total bigint, total bigint, tolerance_permille integer, dispensed_on date,
       beyond_use date, beyond_use_reason text, storage text, printed_at timestamptz)
