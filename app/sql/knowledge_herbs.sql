-- For the knowledge snapshot.
SELECT * FROM herbs WHERE retired_at IS NULL ORDER BY id
