-- For the knowledge snapshot.
SELECT * FROM formula_items WHERE retired_at IS NULL ORDER BY formula_id, seq
