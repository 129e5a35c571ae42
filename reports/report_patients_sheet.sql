-- The columns of new patients to fill in; it has no rows of its own.
SELECT NULL AS family_name, NULL AS given_name, NULL AS name_hanzi, NULL AS sex, NULL::date AS born_on, NULL AS weight_mg,
       NULL AS phone, NULL AS language, NULL AS occupation, NULL AS complaint, NULL AS code
 WHERE $1::bigint IS NULL
