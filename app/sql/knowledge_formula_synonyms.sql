-- For the knowledge snapshot.
SELECT * FROM formula_synonyms WHERE retired_at IS NULL ORDER BY formula_id, synonym
