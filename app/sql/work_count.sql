-- What waits on the work list, in figures: for the badge beside its name, and so that a change of them can be told to open pages. Any
-- piece raised, taken, taken over or ended changes one of them. Reads open items alone.
SELECT count(*) AS waiting, count(*) FILTER (WHERE taken_by IS NULL) AS open,
       count(*) FILTER (WHERE taken_by = $2::bigint) AS mine,
       count(*) FILTER (WHERE severity IN ('contraindicated', 'major')) AS grave, coalesce(max(id), 0) AS newest,
       max(taken_at) AS last_taken_at
  FROM work_items
 WHERE shop_id = $1::bigint AND outcome IS NULL
