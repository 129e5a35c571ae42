-- Forgets what was read so far of an import whose reader was lost.
SELECT import_forget($1::bigint, $2::bigint)
