-- What screening looks at has changed; $3: and the patient was asked for every medicine just now.
UPDATE patients
   SET profile_version = profile_version + 1,
       medicines_asked_at = CASE WHEN $3::boolean THEN now() ELSE medicines_asked_at END
 WHERE shop_id = $1::bigint AND id = $2::bigint
RETURNING profile_version AS number
