-- For the knowledge snapshot.
SELECT * FROM drug_class_synonyms WHERE retired_at IS NULL ORDER BY class_id, synonym
