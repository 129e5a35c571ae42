-- For the knowledge snapshot.
SELECT * FROM drug_classes WHERE retired_at IS NULL ORDER BY class_id
