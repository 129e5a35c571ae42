-- What a job sends, as hexadecimal digits whatever the connection's settings.
SELECT '\x' || encode(bytes, 'hex') AS bytes FROM print_spool WHERE shop_id = $1 AND job_id = $2 AND bytes IS NOT NULL
