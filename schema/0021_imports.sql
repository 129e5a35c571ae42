-- Tables that came in: each file once, its rows as they were read, what was wrong with them, and what applying them made, so that
-- a whole import can be taken back. A kind of import is a row of app/core/import_kinds.c; its rows are JSON by column name.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE imports (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL CONSTRAINT imports_kind_form CHECK (kind ~ '^[a-z][a-z_]{0,40}$'),
    file_name text NOT NULL CONSTRAINT imports_file_name_length CHECK (length(file_name) BETWEEN 1 AND 200),
    checksum text NOT NULL CHECK (checksum ~ '^[0-9a-f]{64}$'), -- BLAKE2b of the file
    request_key text NOT NULL CONSTRAINT imports_request_key_length CHECK (length(request_key) BETWEEN 1 AND 200),
    settings jsonb NOT NULL DEFAULT '{}', -- what was said beside the file, by name
    layout jsonb NOT NULL DEFAULT '{}',   -- by part: the file's column letter of each column
    state text NOT NULL DEFAULT 'checking' CONSTRAINT imports_state_known
        CHECK (state IN ('checking', 'refused', 'ready', 'applied', 'undone')),
    rows_total bigint, -- known once the file has been read to its end
    rows_done bigint NOT NULL DEFAULT 0,
    faults bigint NOT NULL DEFAULT 0,
    made_by bigint,
    made_at timestamptz NOT NULL DEFAULT now(),
    touched_at timestamptz NOT NULL DEFAULT now(),
    applied_by bigint,
    applied_at timestamptz,
    undone_by bigint,
    undone_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT imports_request_key_unique UNIQUE (shop_id, request_key),
    CONSTRAINT imports_ready_is_faultless CHECK (faults = 0 OR state IN ('checking', 'refused')),
    CONSTRAINT imports_applied_when CHECK ((applied_at IS NOT NULL) = (state IN ('applied', 'undone'))),
    CONSTRAINT imports_undone_when CHECK ((undone_at IS NOT NULL) = (state = 'undone')),
    CONSTRAINT imports_made_by FOREIGN KEY (shop_id, made_by) REFERENCES users,
    CONSTRAINT imports_applied_by FOREIGN KEY (shop_id, applied_by) REFERENCES users,
    CONSTRAINT imports_undone_by FOREIGN KEY (shop_id, undone_by) REFERENCES users
);
-- The same file is applied once; after it was undone it may be applied again.
CREATE UNIQUE INDEX imports_applied_once ON imports (shop_id, kind, checksum) WHERE state = 'applied';

CREATE TABLE import_rows (
    shop_id bigint NOT NULL,
    import_id bigint NOT NULL,
    line bigint NOT NULL, -- 1, 2, … over all parts, in the file's order
    part text NOT NULL,
    sheet text NOT NULL,
    row_no bigint NOT NULL, -- as the spreadsheet counts
    cells jsonb NOT NULL,
    made_id bigint, -- what applying this row made
    before jsonb,   -- what applying it replaced
    PRIMARY KEY (shop_id, import_id, line),
    CONSTRAINT import_rows_import FOREIGN KEY (shop_id, import_id) REFERENCES imports
);

CREATE TABLE import_faults (
    shop_id bigint NOT NULL,
    import_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    line bigint, -- NULL: of the file as a whole, and `place` says where
    column_name text,
    place text,
    value text,
    rule text NOT NULL,
    PRIMARY KEY (shop_id, import_id, id),
    CONSTRAINT import_faults_import FOREIGN KEY (shop_id, import_id) REFERENCES imports,
    CONSTRAINT import_faults_place CHECK (line IS NOT NULL OR place IS NOT NULL)
);

ALTER TABLE imports ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_rows ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_faults ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON imports USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
CREATE POLICY same_shop ON import_rows USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
CREATE POLICY same_shop ON import_faults USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
-- What was read of a file changes only while it is being read; what came of it stays.
CREATE POLICY while_checking ON import_rows AS RESTRICTIVE FOR INSERT WITH CHECK (EXISTS (
    SELECT FROM imports i WHERE i.shop_id = import_rows.shop_id AND i.id = import_rows.import_id AND i.state = 'checking'));
CREATE POLICY while_applying ON import_rows AS RESTRICTIVE FOR UPDATE USING (EXISTS (
    SELECT FROM imports i WHERE i.shop_id = import_rows.shop_id AND i.id = import_rows.import_id AND i.state = 'ready'));
CREATE POLICY undone_stays ON imports AS RESTRICTIVE FOR UPDATE USING (state <> 'undone') WITH CHECK (true);

GRANT SELECT ON imports, import_rows, import_faults TO yaofang_app, yaofang_read;
GRANT INSERT, UPDATE (layout, state, rows_total, rows_done, faults, touched_at, applied_by, applied_at, undone_by, undone_at)
    ON imports TO yaofang_app;
GRANT INSERT, UPDATE (made_id, before) ON import_rows TO yaofang_app;
GRANT INSERT ON import_faults TO yaofang_app;

CREATE INDEX import_rows_made ON import_rows (shop_id, made_id) WHERE made_id IS NOT NULL;

-- The service deletes nothing by itself. Two things are taken away, and only by these functions: the rows of an import whose
-- reader was lost, before it is read again; and the patients and items that an applied import made (foreign keys hold on to
-- those that were used since).
CREATE FUNCTION import_forget(p_shop_id bigint, p_import_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF p_shop_id IS DISTINCT FROM current_shop() OR NOT EXISTS (
        SELECT FROM imports WHERE shop_id = p_shop_id AND id = p_import_id AND state = 'checking') THEN
        RAISE insufficient_privilege USING MESSAGE = 'not an import that is being read';
    END IF;
    DELETE FROM import_rows WHERE shop_id = p_shop_id AND import_id = p_import_id;
    DELETE FROM import_faults WHERE shop_id = p_shop_id AND import_id = p_import_id;
END
$$;
CREATE FUNCTION import_take_back(p_shop_id bigint, p_import_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    what text := (SELECT kind FROM imports WHERE shop_id = p_shop_id AND id = p_import_id AND state = 'applied');
BEGIN
    IF p_shop_id IS DISTINCT FROM current_shop() OR what IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'not an applied import of this shop';
    END IF;
    DELETE FROM patients p USING import_rows r
     WHERE what = 'patients' AND r.shop_id = p_shop_id AND r.import_id = p_import_id
       AND p.shop_id = r.shop_id AND p.id = r.made_id;
    DELETE FROM items i USING import_rows r
     WHERE what = 'herbs' AND r.shop_id = p_shop_id AND r.import_id = p_import_id
       AND i.shop_id = r.shop_id AND i.id = r.made_id;
END
$$;
REVOKE ALL ON FUNCTION import_forget, import_take_back FROM PUBLIC;
GRANT EXECUTE ON FUNCTION import_forget, import_take_back TO yaofang_app;
