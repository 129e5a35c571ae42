-- For the knowledge snapshot.
SELECT * FROM homonyms WHERE retired_at IS NULL ORDER BY term
