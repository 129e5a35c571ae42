-- The next patients to screen again: at most $4 after $2, up to $3 (0: to the last). `until` is where the batch ends.
SELECT coalesce(max(id), 0) AS until, count(*) AS patients
  FROM (SELECT id FROM patients
         WHERE shop_id = $1::bigint AND id > $2::bigint AND ($3::bigint = 0 OR id <= $3::bigint)
         ORDER BY id
         LIMIT $4::bigint) p
