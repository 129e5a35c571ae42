-- For the knowledge snapshot.
SELECT * FROM allergens WHERE retired_at IS NULL ORDER BY id
