-- A job, still without papers.
INSERT INTO print_jobs (shop_id, station, made_by) VALUES ($1, coalesce($2, ''), $3::bigint) RETURNING id
