-- A piece did not work out: later again, each time twice as much later, up to ten minutes.
UPDATE rescreen_jobs
   SET tries = tries + 1, failure = left($3::text, 500), not_before = now() + least(interval '600 s', interval '1 s' * 2 ^ least(tries, 10))
 WHERE shop_id = $1::bigint AND id = $2::bigint
