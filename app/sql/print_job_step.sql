-- The next step of a job. Its number is the job's next: of two at once, one finds it taken and adds nothing.
INSERT INTO print_job_steps (shop_id, job_id, step_no, state, reason, taken, user_id)
VALUES ($1, $2, $3::integer, $4, $5, $6::integer, $7) ON CONFLICT (shop_id, job_id, step_no) DO NOTHING
