-- The house formulas a version was put together from, beside prescription_formulas, so that how it differs from them can be said later.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE prescription_houses (
    shop_id bigint NOT NULL,
    prescription_id bigint NOT NULL,
    version integer NOT NULL,
    seq integer NOT NULL CHECK (seq >= 1),
    house_formula_id bigint NOT NULL,
    scaled_mg bigint CHECK (scaled_mg > 0), -- what it was scaled to, a day
    PRIMARY KEY (shop_id, prescription_id, version, seq),
    CONSTRAINT prescription_houses_version FOREIGN KEY (shop_id, prescription_id, version) REFERENCES prescription_versions,
    CONSTRAINT prescription_houses_formula FOREIGN KEY (shop_id, house_formula_id) REFERENCES house_formulas
);
ALTER TABLE prescription_houses ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON prescription_houses USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
GRANT SELECT ON prescription_houses TO yaofang_app, yaofang_read;
GRANT INSERT ON prescription_houses TO yaofang_app;
