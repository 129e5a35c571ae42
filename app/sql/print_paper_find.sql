-- A paper of a job as it stands, with the printer it goes to. `stuck`: it has been "sending" for so long that whoever sent it is gone.
SELECT j.job_id, j.paper_no, j.kind, j.title, coalesce(j.copy_no, 0) AS copy_no, j.size::bigint AS size,
       p.code AS printer, p.uri, p.format, coalesce(p.media_width_um, 0) AS media_width,
       coalesce(p.media_height_um, 0) AS media_height, s.state, s.reason, s.step_no, s.taken::bigint AS taken,
       s.state = 'sending' AND s.at < clock_timestamp() - interval '3 minutes' AS stuck
  FROM print_papers j
  JOIN printers p ON p.shop_id = j.shop_id AND p.id = j.printer_id
  JOIN print_job_steps s ON s.shop_id = j.shop_id AND s.job_id = j.job_id AND s.paper_no = j.paper_no
   AND s.step_no = (SELECT max(t.step_no) FROM print_job_steps t WHERE t.shop_id = $1 AND t.job_id = $2 AND t.paper_no = j.paper_no)
 WHERE j.shop_id = $1 AND j.job_id = $2 AND ($3::integer IS NULL OR j.paper_no = $3::integer)
 ORDER BY j.paper_no
