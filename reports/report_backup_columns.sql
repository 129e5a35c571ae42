-- The columns of table $2, named as they are.
SELECT c.column_name AS heading, c.kind, c.type_name AS meaning
  FROM backup_columns($2) c
 WHERE $1::bigint IS NOT NULL
 ORDER BY c.column_no
