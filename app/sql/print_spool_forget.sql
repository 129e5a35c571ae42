-- It was sent, or never will be.
UPDATE print_spool SET bytes = NULL WHERE shop_id = $1 AND job_id = $2 AND paper_no = $3::integer
