-- For the knowledge snapshot.
SELECT * FROM jurisdictions WHERE retired_at IS NULL ORDER BY id
