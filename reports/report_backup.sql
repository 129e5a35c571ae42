-- What a backup holds: each table with its rows and their checksum, and what is left out with the reason.
SELECT w.table_name, w.state, w.rows, w.columns, w.checksum, w.reason
  FROM (SELECT b.table_name, CASE WHEN o.columns IS NULL THEN 'whole' ELSE 'without ' || o.columns END AS state, k.row_count AS rows,
               (SELECT count(*) FROM backup_columns(b.table_name)) AS columns, k.checksum, o.reasons AS reason
          FROM backup_tables() b
         CROSS JOIN LATERAL backup_checksum($1, b.table_name) k
          LEFT JOIN LATERAL (SELECT string_agg(x.column_name, ', ' ORDER BY x.column_name) AS columns,
                                    string_agg(x.column_name || ': ' || x.reason, '; ' ORDER BY x.column_name) AS reasons
                               FROM backup_left_out x WHERE x.table_name = b.table_name) o ON true
        UNION ALL
        SELECT x.table_name, 'left out', NULL, NULL, NULL, x.reason FROM backup_left_out x WHERE x.column_name = '') w
 ORDER BY w.state = 'left out', w.table_name
