-- How far a piece is; $7: it is done.
UPDATE rescreen_jobs
   SET after_patient_id = CASE WHEN $7::boolean THEN until_patient_id ELSE $3::bigint END, screened = screened + $4::bigint,
       raised = raised + $5::bigint, gone = gone + $6::bigint, tries = 0, failure = NULL,
       finished_at = CASE WHEN $7::boolean THEN now() END
 WHERE shop_id = $1::bigint AND id = $2::bigint
