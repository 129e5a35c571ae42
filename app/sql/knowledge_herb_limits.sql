-- For the knowledge snapshot.
SELECT * FROM herb_limits WHERE retired_at IS NULL ORDER BY id
