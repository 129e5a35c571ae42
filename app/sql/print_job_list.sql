-- Jobs and what became of them, newest first: one of them, those of an order, or those in a state.
SELECT j.id, p.code AS printer, j.kind, j.title, j.order_id, j.copy_no, nullif(j.station, '') AS station, j.size, s.state,
       nullif(s.reason, '') AS reason, s.taken, u.display_name AS made_by, j.made_at, s.at AS state_at
  FROM print_jobs j
  JOIN printers p ON p.shop_id = j.shop_id AND p.id = j.printer_id
  JOIN print_job_steps s ON s.shop_id = j.shop_id AND s.job_id = j.id
   AND s.step_no = (SELECT max(t.step_no) FROM print_job_steps t WHERE t.shop_id = $1 AND t.job_id = j.id)
  LEFT JOIN users u ON u.shop_id = j.shop_id AND u.id = j.made_by
 WHERE j.shop_id = $1 AND ($2::bigint IS NULL OR j.id = $2::bigint) AND ($3::bigint IS NULL OR j.order_id = $3::bigint)
   AND ($4::text IS NULL OR s.state = $4)
 ORDER BY j.id DESC
 LIMIT coalesce($5::bigint, 100)
