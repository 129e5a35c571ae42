-- For the knowledge snapshot.
SELECT * FROM products WHERE retired_at IS NULL ORDER BY id
