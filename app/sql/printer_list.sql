-- The printers in use, with the workstations that print on them and what became of the last job; $2 names one of them.
SELECT p.id, p.code, p.name, p.uri, p.format, p.dpi, p.media_width_um, p.media_height_um,
       (SELECT string_agg(s.station || CASE s.kind WHEN '' THEN '' ELSE ':' || s.kind END, ', ' ORDER BY s.station, s.kind)
          FROM station_printers s WHERE s.shop_id = p.shop_id AND s.printer_id = p.id) AS stations,
       l.state AS last_state, l.reason AS last_reason, l.at AS last_at
  FROM printers p
  LEFT JOIN LATERAL (SELECT t.state, t.reason, t.at
                       FROM print_papers j
                       JOIN print_job_steps t ON t.shop_id = j.shop_id AND t.job_id = j.job_id AND t.paper_no = j.paper_no
                      WHERE j.shop_id = p.shop_id AND j.printer_id = p.id
                      ORDER BY t.job_id DESC, t.at DESC, t.paper_no DESC, t.step_no DESC LIMIT 1) l ON true
 WHERE p.shop_id = $1 AND p.removed_at IS NULL AND ($2::text IS NULL OR p.code = $2)
 ORDER BY p.code
