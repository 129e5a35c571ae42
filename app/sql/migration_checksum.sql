-- The checksum of a migration's text as it would be recorded.
SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex') AS checksum
