-- Changes them; NULL leaves one as it is. The profile 'none' is none, the names 'none' a label without herbs; a profile that there
-- is not changes nothing.
UPDATE shops SET label_profile = CASE WHEN $2::text IS NULL THEN label_profile ELSE nullif($2::text, 'none') END,
                 label_names = CASE WHEN $3::text IS NULL THEN label_names ELSE regexp_replace(CASE $3::text WHEN 'none' THEN '' ELSE $3::text END, '[, ]+', ';', 'g') END
 WHERE id = $1::bigint
   AND (coalesce($2::text, 'none') = 'none' OR EXISTS (SELECT FROM label_profiles WHERE profile_id = $2::text AND retired_at IS NULL))
RETURNING 1 AS changed
