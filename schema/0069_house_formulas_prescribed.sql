-- The house formulas a version was put together from, beside prescription_formulas, so that how it differs from them can be said later.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE prescription_house_formulas (
    shop_id bigint NOT NULL,
    prescription_id bigint NOT NULL,
    version integer NOT NULL,
    seq integer NOT NULL CHECK (seq >= 1),
    house_formula_id bigint NOT NULL,
    scaled_mg bigint CHECK (scaled_mg > 0), -- what it was scaled to, a day
    PRIMARY KEY (shop_id, prescription_id, version, seq),
    CONSTRAINT prescription_house_formulas_version FOREIGN KEY (shop_id, prescription_id, version) REFERENCES prescription_versions,
    CONSTRAINT prescription_house_formulas_formula FOREIGN KEY (shop_id, house_formula_id) REFERENCES house_formulas
);
ALTER TABLE prescription_house_formulas ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON prescription_house_formulas USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
GRANT SELECT ON prescription_house_formulas TO yaofang_app, yaofang_read;
GRANT INSERT ON prescription_house_formulas TO yaofang_app;
