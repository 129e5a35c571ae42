-- For the knowledge snapshot.
SELECT * FROM condition_synonyms WHERE retired_at IS NULL ORDER BY condition_id, synonym
