-- How a piece of work stands, finished or not.
SELECT state, coalesce(outcome, '') AS outcome FROM work_items WHERE shop_id = $1::bigint AND id = $2::bigint
