-- The oldest counted copy of a paper that still waits: jobs were made for it and for every later one, and no printer has taken any of
-- them. A new print is that copy, not a further one; what waits for it is ended by print_cancel_copy. Papers of the job $5 do not count:
-- they are the new print.
WITH copies AS (
    SELECT l.copy_no, count(p.paper_no) > 0 AND count(*) FILTER (WHERE s.state IN ('sending', 'sent') OR p.job_id = $5) = 0 AS waits
      FROM printed_labels l
      LEFT JOIN print_papers p ON p.shop_id = l.shop_id AND p.about = l.about AND p.subject_id = l.subject_id AND p.kind = l.kind
                              AND p.copy_no = l.copy_no
      LEFT JOIN print_job_steps s ON s.shop_id = p.shop_id AND s.job_id = p.job_id AND s.paper_no = p.paper_no
       AND s.step_no = (SELECT max(t.step_no) FROM print_job_steps t
                         WHERE t.shop_id = $1 AND t.job_id = p.job_id AND t.paper_no = p.paper_no)
     WHERE l.shop_id = $1 AND l.about = $2 AND l.subject_id = $3 AND l.kind = $4
     GROUP BY l.copy_no
)
SELECT coalesce(min(c.copy_no), 0) AS copy_no
  FROM copies c WHERE NOT EXISTS (SELECT FROM copies d WHERE d.copy_no >= c.copy_no AND NOT d.waits)
