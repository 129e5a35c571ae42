-- For the knowledge snapshot.
SELECT * FROM herb_monographs WHERE retired_at IS NULL ORDER BY herb_id
