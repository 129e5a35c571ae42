-- The rows of table $2.
SELECT * FROM backup_rows($1, $2)
