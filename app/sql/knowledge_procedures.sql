-- For the knowledge snapshot.
SELECT * FROM procedures WHERE retired_at IS NULL ORDER BY id
