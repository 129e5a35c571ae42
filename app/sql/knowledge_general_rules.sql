-- For the knowledge snapshot.
SELECT * FROM general_rules WHERE retired_at IS NULL ORDER BY id
