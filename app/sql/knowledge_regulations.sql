-- For the knowledge snapshot.
SELECT * FROM regulations WHERE retired_at IS NULL ORDER BY id
