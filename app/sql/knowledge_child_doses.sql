-- For the knowledge snapshot.
SELECT * FROM child_doses WHERE retired_at IS NULL ORDER BY age_from_months
