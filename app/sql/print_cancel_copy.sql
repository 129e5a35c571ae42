-- Ends the jobs of a copy that no printer took, since it is printed by a new one; what they would have sent is forgotten.
WITH waiting AS (
    SELECT j.id, s.step_no
      FROM print_jobs j
      JOIN print_job_steps s ON s.shop_id = j.shop_id AND s.job_id = j.id
       AND s.step_no = (SELECT max(t.step_no) FROM print_job_steps t WHERE t.shop_id = $1 AND t.job_id = j.id)
     WHERE j.shop_id = $1 AND j.order_id = $2 AND j.kind = $3 AND j.copy_no = $4::integer AND s.state IN ('queued', 'failed')
), forgotten AS (
    UPDATE print_spool p SET bytes = NULL FROM waiting w WHERE p.shop_id = $1 AND p.job_id = w.id
)
INSERT INTO print_job_steps (shop_id, job_id, step_no, state, reason, user_id)
SELECT $1, id, step_no + 1, 'cancelled', 'was printed by another job instead', $5 FROM waiting
