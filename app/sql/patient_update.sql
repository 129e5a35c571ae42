-- Replaces who a patient is. Age, sex and weight matter to screening, so the profile has a new version, and what she takes of us is
-- screened again in the background ($13: who).
WITH raised AS (
    UPDATE patients
       SET family_name = $3::text, given_name = $4::text, name_hanzi = $5::text, sex = $6::text, born_on = $7::date,
           weight_mg = $8::bigint, occupation = $9::text, phone = $10::text, language = coalesce($11::text, 'english'),
           complaint = $12::text, profile_version = profile_version + 1
     WHERE shop_id = $1::bigint AND id = $2::bigint
    RETURNING shop_id, id, profile_version
), asked AS (
    INSERT INTO rescreen_jobs (shop_id, cause, why, after_patient_id, until_patient_id, made_by)
    SELECT r.shop_id, 'patient', 'who the patient is was changed', r.id - 1, r.id, $13::bigint
      FROM raised r
     WHERE EXISTS (SELECT FROM watched w WHERE w.shop_id = $1::bigint AND w.patient_id = r.id)
    RETURNING pg_notify('rescreen', '')
)
SELECT profile_version AS number, (SELECT count(*) FROM asked) AS asked FROM raised
