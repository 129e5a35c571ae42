-- A shop's complete backup reads the catalog, so that a new table cannot be forgotten; and what a person calls a herb or a formula
-- is found for the reports that are made of those asked for.
SET LOCAL ROLE yaofang_owner;

-- What a backup leaves out: a whole table (no column), or a column of it. A migration that adds what must not go out of the house
-- adds a row here.
CREATE TABLE backup_left_out (
    table_name text NOT NULL,
    column_name text NOT NULL DEFAULT '', -- '': the table as a whole
    reason text NOT NULL CHECK (length(reason) > 0),
    PRIMARY KEY (table_name, column_name)
);
GRANT SELECT ON backup_left_out TO yaofang_app, yaofang_read;
INSERT INTO backup_left_out (table_name, column_name, reason) VALUES
    ('users', 'password_hash', 'a password, although hashed, is nobody else''s business'),
    ('api_tokens', 'token_hash', 'whoever has it can look for the token'),
    ('sessions', '', 'who is signed in at this moment, by hashes of cookies'),
    ('idempotency_keys', '', 'answers kept for two days against repetition; what they did stands in the other tables'),
    ('cds_tokens', '', 'marks of tokens that were used in the last minutes'),
    ('attachments', 'bytes', 'files; their names, sizes and checksums are here');

-- The tables a shop's rows stand in; without those left out.
CREATE FUNCTION backup_tables() RETURNS TABLE (table_name text, relation regclass) LANGUAGE sql STABLE AS $$
    SELECT t.relname::text, t.oid::regclass
      FROM pg_class t
     WHERE t.relkind IN ('r', 'p') AND NOT t.relispartition AND t.relnamespace = 'public'::regnamespace
       AND (t.relname = 'shops' OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'shop_id'
                                              AND NOT a.attisdropped))
       AND NOT EXISTS (SELECT FROM backup_left_out o WHERE o.table_name = t.relname AND o.column_name = '')
$$;

-- A table's columns as a backup shows them, and how each cell is written: numbers and days as they are, instants in UTC to the
-- microsecond, and a text that no cell of a spreadsheet can hold as a word on where it stands.
CREATE FUNCTION backup_columns(p_table text)
RETURNS TABLE (column_no bigint, column_name text, kind text, type_name text, cell text, long boolean) LANGUAGE sql STABLE AS $$
    SELECT row_number() OVER (ORDER BY a.attnum), a.attname::text,
           CASE WHEN a.atttypid IN ('bigint'::regtype, 'integer'::regtype, 'smallint'::regtype) THEN 'integer'
                WHEN a.atttypid = 'date'::regtype THEN 'date' ELSE 'text' END,
           format_type(a.atttypid, a.atttypmod),
           CASE WHEN a.atttypid = 'timestamptz'::regtype
                THEN format('to_char(t.%I AT TIME ZONE ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.US"Z"'')', a.attname)
                WHEN k.typcategory = 'S' OR a.atttypid = 'jsonb'::regtype
                THEN format('CASE WHEN length(t.%1$I::text) > 32000 THEN length(t.%1$I::text) || '' characters: see Long texts'' '
                            'ELSE t.%1$I::text END', a.attname)
                ELSE format('t.%I::text', a.attname) END,
           k.typcategory = 'S' OR a.atttypid = 'jsonb'::regtype
      FROM backup_tables() b
      JOIN pg_attribute a ON a.attrelid = b.relation AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type k ON k.oid = a.atttypid
     WHERE b.table_name = p_table
       AND NOT EXISTS (SELECT FROM backup_left_out o WHERE o.table_name = p_table AND o.column_name = a.attname)
$$;

-- The end of a statement on the shop's rows of a table, in the order of its key. $1 is the shop.
CREATE FUNCTION backup_from(p_table text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT format('FROM %s t WHERE t.%I = $1', b.relation, CASE p_table WHEN 'shops' THEN 'id' ELSE 'shop_id' END)
      FROM backup_tables() b WHERE b.table_name = p_table
$$;
CREATE FUNCTION backup_order(p_table text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(string_agg(format('t.%I', a.attname), ', ' ORDER BY k.place), 't::text')
      FROM backup_tables() b
      JOIN pg_index i ON i.indrelid = b.relation AND i.indisprimary
     CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY k (attnum, place)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
     WHERE b.table_name = p_table
$$;

-- How many rows the shop has in a table, and a checksum of them that can be computed from the sheet as well: SHA-256 over the SHA-256
-- of each row, which is its cells joined by tabs, an empty one being nothing.
CREATE FUNCTION backup_checksum(p_shop_id bigint, p_table text) RETURNS TABLE (row_count bigint, checksum text) LANGUAGE plpgsql STABLE AS $$
DECLARE
    cells text := (SELECT string_agg(format('coalesce(%s, '''')', c.cell), ', ' ORDER BY c.column_no) FROM backup_columns(p_table) c);
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT count(*), encode(sha256(coalesce(string_agg(sha256(convert_to(concat_ws(E''\t'', %s), ''UTF8'')), ''''::bytea ORDER BY %s), '
        '''''::bytea)), ''hex'') %s', cells, backup_order(p_table), backup_from(p_table)) USING p_shop_id;
END
$$;

-- The shop's rows of a table, in columns c1, c2, … of backup_columns.
CREATE FUNCTION backup_rows(p_shop_id bigint, p_table text)
RETURNS TABLE (c1 text, c2 text, c3 text, c4 text, c5 text, c6 text, c7 text, c8 text, c9 text, c10 text,
               c11 text, c12 text, c13 text, c14 text, c15 text, c16 text, c17 text, c18 text, c19 text, c20 text,
               c21 text, c22 text, c23 text, c24 text, c25 text, c26 text, c27 text, c28 text, c29 text, c30 text,
               c31 text, c32 text, c33 text, c34 text, c35 text, c36 text, c37 text, c38 text, c39 text, c40 text,
               c41 text, c42 text, c43 text, c44 text, c45 text, c46 text, c47 text, c48 text, c49 text, c50 text,
               c51 text, c52 text, c53 text, c54 text, c55 text, c56 text, c57 text, c58 text, c59 text, c60 text)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    cells text := (SELECT string_agg(coalesce(c.cell, 'NULL::text'), ', ' ORDER BY n)
                     FROM generate_series(1, 60) n LEFT JOIN backup_columns(p_table) c ON c.column_no = n);
BEGIN
    RETURN QUERY EXECUTE format('SELECT %s %s ORDER BY %s', cells, backup_from(p_table), backup_order(p_table)) USING p_shop_id;
END
$$;

-- The texts that are longer than a cell, in pieces.
CREATE FUNCTION backup_long_texts(p_shop_id bigint)
RETURNS TABLE (table_name text, row_no bigint, column_name text, piece bigint, words text) LANGUAGE plpgsql STABLE AS $$
DECLARE
    long record;
BEGIN
    FOR long IN SELECT b.table_name AS name, c.column_name AS part FROM backup_tables() b, backup_columns(b.table_name) c
                 WHERE c.long ORDER BY 1, c.column_no LOOP
        RETURN QUERY EXECUTE format(
            'SELECT %L::text, r.row_no, %L::text, n::bigint, substr(r.words, ((n - 1) * 32000 + 1)::integer, 32000) '
            'FROM (SELECT row_number() OVER (ORDER BY %s) AS row_no, t.%I::text AS words %s) r, '
            'generate_series(1, (length(r.words) + 31999) / 32000) n WHERE length(r.words) > 32000 ORDER BY r.row_no, n',
            long.name, long.part, backup_order(long.name), long.part, backup_from(long.name)) USING p_shop_id;
    END LOOP;
END
$$;

-- The herbs meant by a list of names, separated by commas: ids, pinyin with or without tone marks, characters, Latin, English or
-- other names; 'all' are all. A name that means several gives several rows, one that means none a row without a herb.
CREATE FUNCTION herbs_asked(p_names text) RETURNS TABLE (name text, herb_id slug) LANGUAGE sql STABLE AS $$
    SELECT a.name, h.id
      FROM (SELECT DISTINCT trim(x) AS name FROM regexp_split_to_table(p_names, '[,，、]') x WHERE trim(x) <> '') a
      LEFT JOIN herbs h ON h.retired_at IS NULL
           AND (lower(a.name) = 'all' OR h.id = a.name
                OR lower(a.name) IN (h.pinyin_plain, lower(h.pinyin), h.hanzi, h.hanzi_traditional, lower(h.english),
                                     lower(h.pharmaceutical_latin))
                OR EXISTS (SELECT FROM herb_synonyms s WHERE s.herb_id = h.id AND s.retired_at IS NULL AND lower(s.synonym) = lower(a.name)
                              AND s.ambiguous_with IS NULL))
$$;
CREATE FUNCTION formulas_asked(p_names text) RETURNS TABLE (name text, formula_id slug) LANGUAGE sql STABLE AS $$
    SELECT a.name, f.id
      FROM (SELECT DISTINCT trim(x) AS name FROM regexp_split_to_table(p_names, '[,，、]') x WHERE trim(x) <> '') a
      LEFT JOIN formulas f ON f.retired_at IS NULL
           AND (lower(a.name) = 'all' OR f.id = a.name
                OR lower(a.name) IN (f.pinyin_plain, lower(f.pinyin), f.hanzi, f.hanzi_traditional, lower(f.english))
                OR EXISTS (SELECT FROM formula_synonyms s WHERE s.formula_id = f.id AND s.retired_at IS NULL
                              AND lower(s.synonym) = lower(a.name)))
$$;

REVOKE ALL ON FUNCTION backup_tables, backup_columns, backup_from, backup_order, backup_checksum, backup_rows, backup_long_texts,
                       herbs_asked, formulas_asked FROM PUBLIC;
GRANT EXECUTE ON FUNCTION backup_tables, backup_columns, backup_from, backup_order, backup_checksum, backup_rows, backup_long_texts,
                          herbs_asked, formulas_asked TO yaofang_app;
