-- What came in and was not taken, or was taken back, is not kept for ever: it may hold patients' names.
SET LOCAL ROLE yaofang_owner;

-- `expired`: was found right and never applied; its rows are gone, so it cannot be applied any more.
ALTER TABLE imports DROP CONSTRAINT imports_state_known;
ALTER TABLE imports ADD CONSTRAINT imports_state_known
    CHECK (state IN ('checking', 'refused', 'ready', 'applied', 'undone', 'expired'));

-- Lets go of the rows of imports that nobody touched for thirty days, time enough to correct a file or to apply it at the month's
-- closing. What was wrong stays, with its place; an applied import keeps its rows, to be undone by. Some imports at a time.
CREATE FUNCTION import_let_go() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    old record;
    gone bigint := 0;
    removed bigint;
BEGIN
    FOR old IN SELECT i.shop_id, i.id, i.layout FROM imports i
                WHERE i.state IN ('checking', 'refused', 'ready', 'undone') AND i.touched_at < now() - interval '30 days'
                  AND EXISTS (SELECT FROM import_rows r WHERE r.shop_id = i.shop_id AND r.import_id = i.id)
                ORDER BY i.touched_at LIMIT 20 FOR NO KEY UPDATE SKIP LOCKED LOOP
        UPDATE import_faults f
           SET place = format('sheet %s row %s column %s (%s)', r.sheet, r.row_no, coalesce(old.layout -> r.part ->> f.column_name, '?'), f.column_name)
          FROM import_rows r
         WHERE f.shop_id = old.shop_id AND f.import_id = old.id AND f.place IS NULL
           AND r.shop_id = f.shop_id AND r.import_id = f.import_id AND r.line = f.line;
        DELETE FROM import_rows WHERE shop_id = old.shop_id AND import_id = old.id;
        GET DIAGNOSTICS removed = ROW_COUNT;
        UPDATE imports SET state = 'expired' WHERE shop_id = old.shop_id AND id = old.id AND state IN ('checking', 'ready');
        gone := gone + removed;
    END LOOP;
    RETURN gone;
END
$$;
REVOKE ALL ON FUNCTION import_let_go FROM PUBLIC;
GRANT EXECUTE ON FUNCTION import_let_go TO yaofang_app;

UPDATE backup_left_out SET reason = 'answers kept for a week against repetition; what they did stands in the other tables'
 WHERE table_name = 'idempotency_keys';

-- Whatever is neither a number nor a day may be longer than a cell; bytes are shown as how many they are and their checksum.
CREATE OR REPLACE FUNCTION backup_columns(p_table text)
RETURNS TABLE (column_no bigint, column_name text, kind text, type_name text, cell text, long boolean) LANGUAGE sql STABLE AS $$
    SELECT row_number() OVER (ORDER BY a.attnum), a.attname::text,
           CASE WHEN t.is_number THEN 'integer' WHEN t.is_day THEN 'date' ELSE 'text' END, format_type(a.atttypid, a.atttypmod),
           CASE WHEN a.atttypid = 'timestamptz'::regtype
                THEN format('to_char(t.%I AT TIME ZONE ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.US"Z"'')', a.attname)
                WHEN a.atttypid = 'bytea'::regtype
                THEN format('length(t.%1$I) || '' bytes, SHA-256 '' || encode(sha256(t.%1$I), ''hex'')', a.attname)
                WHEN t.is_number OR t.is_day THEN format('t.%I::text', a.attname)
                ELSE format('CASE WHEN length(t.%1$I::text) > 32000 THEN length(t.%1$I::text) || '' characters: see Long texts'' '
                            'ELSE t.%1$I::text END', a.attname) END,
           NOT t.is_number AND NOT t.is_day AND a.atttypid NOT IN ('timestamptz'::regtype, 'bytea'::regtype)
      FROM backup_tables() b
      JOIN pg_attribute a ON a.attrelid = b.relation AND a.attnum > 0 AND NOT a.attisdropped
     CROSS JOIN LATERAL (SELECT a.atttypid IN ('bigint'::regtype, 'integer'::regtype, 'smallint'::regtype) AS is_number,
                                a.atttypid = 'date'::regtype AS is_day) t
     WHERE b.table_name = p_table
       AND NOT EXISTS (SELECT FROM backup_left_out o WHERE o.table_name = p_table AND o.column_name = a.attname)
$$;
