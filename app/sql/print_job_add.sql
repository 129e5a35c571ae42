-- A job with what it will send.
WITH made AS (
    INSERT INTO print_jobs (shop_id, printer_id, kind, title, order_id, copy_no, station, size, sha256, made_by)
    VALUES ($1, $2, $3, $4, $5::bigint, $6::integer, coalesce($7, ''), $8::integer, $9, $11::bigint)
    RETURNING id
), queued AS (
    INSERT INTO print_job_steps (shop_id, job_id, step_no, state, user_id) SELECT $1, id, 1, 'queued', $11::bigint FROM made
), spooled AS (
    INSERT INTO print_spool (shop_id, job_id, bytes) SELECT $1, id, $10::text::bytea FROM made
)
SELECT id FROM made
