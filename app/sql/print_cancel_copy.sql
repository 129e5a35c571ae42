-- Ends what waits for a copy that no printer took, since it is printed by another job; what would have been sent is forgotten.
WITH waiting AS (
    SELECT p.job_id, p.paper_no, s.step_no
      FROM print_papers p
      JOIN print_job_steps s ON s.shop_id = p.shop_id AND s.job_id = p.job_id AND s.paper_no = p.paper_no
       AND s.step_no = (SELECT max(t.step_no) FROM print_job_steps t
                         WHERE t.shop_id = $1 AND t.job_id = p.job_id AND t.paper_no = p.paper_no)
     WHERE p.shop_id = $1 AND p.about = $2 AND p.subject_id = $3 AND p.kind = $4 AND p.copy_no = $5::integer
       AND s.state IN ('queued', 'failed')
), forgotten AS (
    UPDATE print_spool p SET bytes = NULL FROM waiting w WHERE p.shop_id = $1 AND p.job_id = w.job_id AND p.paper_no = w.paper_no
)
INSERT INTO print_job_steps (shop_id, job_id, paper_no, step_no, state, reason, user_id)
SELECT $1, job_id, paper_no, step_no + 1, 'cancelled', 'was printed by another job instead', $6 FROM waiting
