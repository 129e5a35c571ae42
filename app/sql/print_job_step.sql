-- The next step of a paper. Its number is the paper's next: of two at once, one finds it taken and adds nothing.
INSERT INTO print_job_steps (shop_id, job_id, paper_no, step_no, state, reason, taken, user_id)
VALUES ($1, $2, $3::integer, $4::integer, $5, $6, $7::integer, $8) ON CONFLICT (shop_id, job_id, paper_no, step_no) DO NOTHING
