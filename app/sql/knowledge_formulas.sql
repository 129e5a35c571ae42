-- For the knowledge snapshot.
SELECT * FROM formulas WHERE retired_at IS NULL ORDER BY id
