-- A fact that labels print; the newest of a field counts. How something is packed is one of the ways that the rules for its keeping know.
INSERT INTO label_facts (shop_id, order_id, prescription_id, patient_id, user_id, field, text, noted_by)
SELECT $1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::text, $7::text, $8::bigint
 WHERE $6 <> 'packing' OR $7 = '' OR EXISTS (SELECT FROM beyond_use_rules WHERE packing = $7 AND retired_at IS NULL)
