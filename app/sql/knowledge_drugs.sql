-- For the knowledge snapshot.
SELECT * FROM drugs WHERE retired_at IS NULL ORDER BY id
