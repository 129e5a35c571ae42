-- One sheet a table.
SELECT b.table_name AS key, b.table_name AS name, 'The shop''s rows of ' || b.table_name || ', as they are kept.' AS summary
  FROM backup_tables() b
 WHERE $1::bigint IS NOT NULL
 ORDER BY b.table_name
