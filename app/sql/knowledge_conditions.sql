-- For the knowledge snapshot.
SELECT * FROM conditions WHERE retired_at IS NULL ORDER BY id
