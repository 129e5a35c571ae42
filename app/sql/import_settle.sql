-- The file was read to its end ($4: as far as it could be read): ready without faults, else refused. $3 faults were counted, but not kept.
UPDATE imports i
   SET rows_total = $4, rows_done = $4, touched_at = now(), faults = f.faults + $3,
       state = CASE WHEN f.faults + $3 = 0 THEN 'ready' ELSE 'refused' END
  FROM (SELECT count(*) AS faults FROM import_faults WHERE shop_id = $1::bigint AND import_id = $2::bigint) f
 WHERE i.shop_id = $1::bigint AND i.id = $2::bigint AND i.state = 'checking'
