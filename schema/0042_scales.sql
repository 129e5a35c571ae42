-- The weighing scales of a shop's bench, and what was read from them. Where a scale is, an administrator says, once: a request
-- that weighs names its code and cannot make the service speak to anything else. What was read stays as the scale sent it.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE scales (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    code text NOT NULL CONSTRAINT scales_code_form CHECK (code ~ '^[A-Za-z0-9._-]{1,40}$'),
    name text NOT NULL DEFAULT '' CONSTRAINT scales_name_length CHECK (length(name) <= 120),
    uri text NOT NULL CONSTRAINT scales_uri_form CHECK (uri ~ '^(serial:///dev/|tcp://)' AND length(uri) <= 300),
    protocol text NOT NULL CONSTRAINT scales_protocol_known CHECK (protocol IN ('mt-sics', 'and', 'ohaus')),
    unit text NOT NULL DEFAULT 'g' CONSTRAINT scales_unit_known
        CHECK (unit IN ('g', 'kg', 'mg', 'oz', 'lb', 'ozt', 'dwt', 'GN', 'ct', 'any')),
    asks boolean NOT NULL DEFAULT true, -- asked for a weight; else it sends by itself
    capacity_mg bigint NOT NULL CONSTRAINT scales_capacity CHECK (capacity_mg BETWEEN 1 AND 100000000000),
    minimum_mg bigint NOT NULL DEFAULT 0 CONSTRAINT scales_minimum CHECK (minimum_mg BETWEEN 0 AND capacity_mg),
    resolution_mg bigint NOT NULL CONSTRAINT scales_resolution CHECK (resolution_mg BETWEEN 1 AND capacity_mg),
    added_by bigint,
    added_at timestamptz NOT NULL DEFAULT now(),
    removed_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT scales_added_by FOREIGN KEY (shop_id, added_by) REFERENCES users
);
-- A scale that went to the repair shop may come back under its code.
CREATE UNIQUE INDEX scales_code_unique ON scales (shop_id, code) WHERE removed_at IS NULL;

CREATE TABLE scale_readings (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    scale_id bigint NOT NULL,
    weight_mg bigint NOT NULL CONSTRAINT scale_readings_weight CHECK (weight_mg BETWEEN 0 AND 100000000000),
    rounded boolean NOT NULL, -- the scale is finer than a milligram
    line text NOT NULL CONSTRAINT scale_readings_line_length CHECK (length(line) BETWEEN 1 AND 80),
    read_by bigint NOT NULL,
    read_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT scale_readings_weight_once UNIQUE (shop_id, id, weight_mg),
    CONSTRAINT scale_readings_scale FOREIGN KEY (shop_id, scale_id) REFERENCES scales,
    CONSTRAINT scale_readings_read_by FOREIGN KEY (shop_id, read_by) REFERENCES users
);

DO $$
DECLARE
    owned regclass;
BEGIN
    FOREACH owned IN ARRAY ARRAY['scales', 'scale_readings']::regclass[] LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %s USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())',
                       owned);
        EXECUTE format('GRANT SELECT ON %s TO yaofang_app, yaofang_read', owned);
    END LOOP;
END
$$;
GRANT INSERT, UPDATE (removed_at) ON scales TO yaofang_app;
-- Who read and when is not for the one who reads to say.
GRANT INSERT (shop_id, scale_id, weight_mg, rounded, line, read_by) ON scale_readings TO yaofang_app;
