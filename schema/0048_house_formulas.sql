-- A shop's own formulas, beside those of the reference data and never overwritten by it. The same name again is its next version; a
-- version that is retired has no herbs. Rows are only added: what a prescription was started from stays as it was.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE house_formulas (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL CONSTRAINT house_formulas_name_length CHECK (length(btrim(name)) BETWEEN 1 AND 120),
    name_key text NOT NULL GENERATED ALWAYS AS (lower(btrim(name))) STORED,
    version integer NOT NULL CONSTRAINT house_formulas_version_from_one CHECK (version >= 1),
    retired boolean NOT NULL DEFAULT false,
    indication text NOT NULL DEFAULT '' CONSTRAINT house_formulas_indication_length CHECK (length(indication) <= 2000),
    created_by bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT house_formulas_one_after_another UNIQUE (shop_id, name_key, version),
    CONSTRAINT house_formulas_created_by FOREIGN KEY (shop_id, created_by) REFERENCES users
);

CREATE TABLE house_formula_lines (
    shop_id bigint NOT NULL,
    house_formula_id bigint NOT NULL,
    line_no integer NOT NULL CHECK (line_no >= 1),
    herb_id slug NOT NULL CONSTRAINT house_formula_lines_herb REFERENCES herbs,
    processing text NOT NULL DEFAULT '',
    daily_mg bigint NOT NULL CONSTRAINT house_formula_lines_weight CHECK (daily_mg BETWEEN 1 AND 100000000000),
    PRIMARY KEY (shop_id, house_formula_id, line_no),
    CONSTRAINT house_formula_lines_formula FOREIGN KEY (shop_id, house_formula_id) REFERENCES house_formulas
);

DO $$
DECLARE
    owned regclass;
BEGIN
    FOREACH owned IN ARRAY ARRAY['house_formulas', 'house_formula_lines']::regclass[] LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %s USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())',
                       owned);
        EXECUTE format('GRANT SELECT ON %s TO yaofang_app, yaofang_read', owned);
        EXECUTE format('GRANT INSERT ON %s TO yaofang_app', owned);
    END LOOP;
END
$$;
