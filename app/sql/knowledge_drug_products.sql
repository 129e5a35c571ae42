-- For the knowledge snapshot.
SELECT * FROM drug_products WHERE retired_at IS NULL ORDER BY name, drug_ids
