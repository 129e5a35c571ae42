-- The shop's next piece of screening again, a patient's change first, locked for this transaction; what another service has
-- locked is skipped. `seen`: a rule book read at $2 (an empty text: none was) knows what asked for it.
SELECT id, cause, why, after_patient_id, until_patient_id,
       cause <> 'rule_book' OR coalesce(pg_visible_in_snapshot(made_in, nullif($2::text, '')::pg_snapshot), false) AS seen
  FROM rescreen_jobs
 WHERE shop_id = $1::bigint AND finished_at IS NULL AND not_before <= now()
 ORDER BY cause <> 'patient', id
 LIMIT 1
   FOR UPDATE SKIP LOCKED
