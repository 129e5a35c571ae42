-- Replaces who a patient is. Age, sex and weight matter to screening, so the profile has a new version.
UPDATE patients
   SET family_name = $3::text, given_name = $4::text, name_hanzi = $5::text, sex = $6::text, born_on = $7::date,
       weight_mg = $8::bigint, occupation = $9::text, phone = $10::text, language = coalesce($11::text, 'english'),
       complaint = $12::text, profile_version = profile_version + 1
 WHERE shop_id = $1::bigint AND id = $2::bigint
RETURNING profile_version AS number
