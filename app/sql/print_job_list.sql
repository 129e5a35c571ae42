-- Jobs and what became of them, newest first: one of them, those with a paper of an order, or those in a state. A job's state is that
-- of its papers: one that failed, else one that waits, else all are sent or will never be.
SELECT j.id, w.printer, w.kind, w.title, w.order_id, w.copy_no, nullif(j.station, '') AS station, w.size,
       w.state, w.reason, w.taken, u.display_name AS made_by, j.made_at, w.state_at, w.papers_out, w.papers
  FROM print_jobs j
 CROSS JOIN LATERAL (
    SELECT string_agg(DISTINCT p.code, ', ') AS printer, (array_agg(a.kind ORDER BY a.paper_no))[1] AS kind,
           CASE count(*) WHEN 1 THEN '' ELSE count(*) || ' papers: ' END || (array_agg(a.title ORDER BY a.paper_no))[1]
           || CASE count(*) WHEN 1 THEN '' ELSE ', …' END AS title, max(a.subject_id) FILTER (WHERE a.about = 'order') AS order_id, max(a.copy_no) AS copy_no, sum(a.size) AS size,
           sum(s.taken) AS taken, max(s.at) AS state_at, count(*) FILTER (WHERE s.state = 'sent') AS papers_out,
           CASE WHEN bool_or(s.state = 'failed') THEN 'failed' WHEN bool_or(s.state = 'sending') THEN 'sending'
                WHEN bool_or(s.state = 'queued') THEN 'queued' WHEN bool_or(s.state = 'sent') THEN 'sent' ELSE 'cancelled' END AS state,
           coalesce((array_agg(s.reason ORDER BY a.paper_no) FILTER (WHERE s.state = 'failed'))[1],
                    (array_agg(s.reason ORDER BY a.paper_no) FILTER (WHERE s.reason <> ''))[1]) AS reason,
           jsonb_agg(jsonb_build_object('paper_no', a.paper_no, 'printer', p.code, 'kind', a.kind, 'title', a.title, 'about', a.about,
                                        'id', a.subject_id, 'copy_no', a.copy_no, 'pieces', a.pieces, 'size', a.size, 'state', s.state,
                                        'reason', nullif(s.reason, ''), 'taken', s.taken, 'state_at', s.at) ORDER BY a.paper_no) AS papers
      FROM print_papers a
      JOIN printers p ON p.shop_id = a.shop_id AND p.id = a.printer_id
      JOIN print_job_steps s ON s.shop_id = a.shop_id AND s.job_id = a.job_id AND s.paper_no = a.paper_no
       AND s.step_no = (SELECT max(t.step_no) FROM print_job_steps t
                         WHERE t.shop_id = $1 AND t.job_id = a.job_id AND t.paper_no = a.paper_no)
     WHERE a.shop_id = $1 AND a.job_id = j.id) w
  LEFT JOIN users u ON u.shop_id = j.shop_id AND u.id = j.made_by
 WHERE j.shop_id = $1 AND ($2::bigint IS NULL OR j.id = $2::bigint)
   AND ($3::bigint IS NULL OR EXISTS (SELECT FROM print_papers o WHERE o.shop_id = $1 AND o.job_id = j.id AND o.about = 'order'
                                         AND o.subject_id = $3::bigint))
   AND ($4::text IS NULL OR w.state = $4)
 ORDER BY j.id DESC
 LIMIT coalesce($5::bigint, 100)
