-- For the knowledge snapshot.
SELECT * FROM granule_ratios WHERE retired_at IS NULL ORDER BY herb_id
