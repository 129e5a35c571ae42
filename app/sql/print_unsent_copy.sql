-- The newest copy of an order's label, when jobs were made for it and no printer has taken one yet: a new print is that copy, not a
-- further one. The jobs that wait for it are ended by print_cancel_copy.
SELECT l.copy_no
  FROM printed_labels l
 WHERE l.shop_id = $1 AND l.order_id = $2 AND l.kind = $3
   AND l.copy_no = (SELECT max(m.copy_no) FROM printed_labels m WHERE m.shop_id = $1 AND m.order_id = $2 AND m.kind = $3)
   AND EXISTS (SELECT FROM print_jobs j WHERE j.shop_id = $1 AND j.order_id = $2 AND j.kind = $3 AND j.copy_no = l.copy_no)
   AND NOT EXISTS (SELECT FROM print_jobs j
                     JOIN print_job_steps s ON s.shop_id = j.shop_id AND s.job_id = j.id
                      AND s.step_no = (SELECT max(t.step_no) FROM print_job_steps t WHERE t.shop_id = $1 AND t.job_id = j.id)
                    WHERE j.shop_id = $1 AND j.order_id = $2 AND j.kind = $3 AND j.copy_no = l.copy_no
                      AND s.state IN ('sending', 'sent'))
