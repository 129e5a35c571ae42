-- What a profile is, whether or not it is in force: its jurisdiction and the first day of any of its rules. $1 NULL: all of them.
SELECT r.profile_id, min(r.jurisdiction) AS jurisdiction, min(r.in_force_from) AS in_force_from,
       count(*) AS rules, count(*) FILTER (WHERE r.verified = 'seen') AS seen,
       count(*) FILTER (WHERE r.verified = 'draft') AS draft, string_agg(DISTINCT r.document, ';') AS documents
  FROM label_profiles r
 WHERE r.retired_at IS NULL AND ($1::text IS NULL OR r.profile_id = $1::text)
 GROUP BY r.profile_id
 ORDER BY r.profile_id
