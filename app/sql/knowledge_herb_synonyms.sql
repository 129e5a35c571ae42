-- For the knowledge snapshot.
SELECT * FROM herb_synonyms WHERE retired_at IS NULL ORDER BY herb_id, synonym
