-- What a paper's printer is sent, as hexadecimal digits whatever the connection's settings.
SELECT '\x' || encode(bytes, 'hex') AS bytes FROM print_spool
 WHERE shop_id = $1 AND job_id = $2 AND paper_no = $3::integer AND bytes IS NOT NULL
