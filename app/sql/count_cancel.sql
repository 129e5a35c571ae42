-- Ends a count without booking anything.
UPDATE counts SET state = 'cancelled', ended_by = $3::bigint, ended_at = now() WHERE shop_id = $1 AND id = $2 AND state = 'open'
