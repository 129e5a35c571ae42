-- What screening looks at has changed; $3: and the patient was asked for every medicine just now. What she takes of us is screened
-- again for it in the background ($4: why, $5: who).
WITH raised AS (
    UPDATE patients
       SET profile_version = profile_version + 1,
           medicines_asked_at = CASE WHEN $3::boolean THEN now() ELSE medicines_asked_at END
     WHERE shop_id = $1::bigint AND id = $2::bigint
    RETURNING shop_id, id, profile_version
), asked AS (
    INSERT INTO rescreen_jobs (shop_id, cause, why, after_patient_id, until_patient_id, made_by)
    SELECT r.shop_id, 'patient', $4::text, r.id - 1, r.id, $5::bigint
      FROM raised r
     WHERE EXISTS (SELECT FROM watched w WHERE w.shop_id = $1::bigint AND w.patient_id = r.id)
    RETURNING pg_notify('rescreen', '')
)
SELECT profile_version AS number, (SELECT count(*) FROM asked) AS asked FROM raised
