-- For the knowledge snapshot.
SELECT * FROM product_synonyms WHERE retired_at IS NULL ORDER BY product_id, synonym
