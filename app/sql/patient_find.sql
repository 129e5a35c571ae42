-- A patient's id by code, or by the id itself; a code that looks like a number wins.
SELECT id AS number
  FROM patients
 WHERE shop_id = $1::bigint AND (upper(code) = upper($2::text) OR id::text = $2::text)
 ORDER BY upper(code) = upper($2::text) DESC
 LIMIT 1
