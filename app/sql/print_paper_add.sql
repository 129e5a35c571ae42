-- A paper of a job with what its printer will be sent.
WITH made AS (
    INSERT INTO print_papers (shop_id, job_id, paper_no, printer_id, kind, title, about, subject_id, copy_no, pieces, size, sha256)
    VALUES ($1, $2, $3::integer, $4, $5, left($6, 200), $7, $8::bigint, $9::integer, $10::integer, $11::integer, $12)
    RETURNING job_id
), queued AS (
    INSERT INTO print_job_steps (shop_id, job_id, paper_no, step_no, state, user_id)
    SELECT $1, job_id, $3::integer, 1, 'queued', $14::bigint FROM made
)
INSERT INTO print_spool (shop_id, job_id, paper_no, bytes) SELECT $1, job_id, $3::integer, $13::text::bytea FROM made
