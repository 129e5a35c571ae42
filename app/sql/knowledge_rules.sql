-- For the knowledge snapshot.
SELECT * FROM rules WHERE retired_at IS NULL ORDER BY id
