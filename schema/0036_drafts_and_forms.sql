-- How a version was put together and what it comes to in its form, frozen with the version: whether weights were written in crude
-- herb or in the form's own grams, the dose the directions name, capsules and pills, what is weighed besides for losses, and
-- the version it started from. And which item of a shop fills a herb: one function for drafts and for orders.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE prescription_versions
    ADD COLUMN weights_in text NOT NULL DEFAULT 'raw'
        CONSTRAINT prescription_versions_weights_in CHECK (weights_in IN ('raw', 'form')),
    ADD COLUMN dose_mg bigint -- taken at a time, in the form's grams; NULL: the directions did not set the total
        CONSTRAINT prescription_versions_dose CHECK (dose_mg BETWEEN 1 AND 100000000000),
    ADD COLUMN form_total_mg bigint -- what all herbs weighed in the form when it was stored
        CONSTRAINT prescription_versions_form_total CHECK (form_total_mg BETWEEN 1 AND 100000000000),
    ADD COLUMN unit_mg bigint -- fill weight of a capsule, weight of a pill
        CONSTRAINT prescription_versions_unit CHECK (unit_mg BETWEEN 1 AND 20000),
    ADD COLUMN unit_count bigint
        CONSTRAINT prescription_versions_unit_count CHECK (unit_count BETWEEN 1 AND 100000),
    ADD COLUMN overage_permille integer NOT NULL DEFAULT 0
        CONSTRAINT prescription_versions_overage CHECK (overage_permille BETWEEN 0 AND 500),
    ADD COLUMN binder_permille integer NOT NULL DEFAULT 0
        CONSTRAINT prescription_versions_binder CHECK (binder_permille BETWEEN 0 AND 5000),
    ADD COLUMN from_prescription_id bigint,
    ADD COLUMN from_version integer,
    ADD CONSTRAINT prescription_versions_units_whole CHECK ((unit_mg IS NULL) = (unit_count IS NULL)),
    ADD CONSTRAINT prescription_versions_from FOREIGN KEY (shop_id, from_prescription_id, from_version)
        REFERENCES prescription_versions,
    DROP CONSTRAINT prescription_versions_dose_mode,
    ADD CONSTRAINT prescription_versions_dose_mode
        CHECK (dose_mode IN ('per_day', 'per_packet', 'total', 'parts', 'percent'));

-- Kinds of items a dosage form is made of.
CREATE FUNCTION form_item_kinds(p_dosage_form text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN p_dosage_form IN ('granule', 'granule_sachet') THEN ARRAY['granule']
                WHEN p_dosage_form IN ('powder', 'capsule', 'honey_pill', 'water_pill', 'tablet') THEN ARRAY['powder', 'raw']
                ELSE ARRAY['raw'] END;

-- The item of the shop that fills a herb in a dosage form: in the preparation asked for where the shop has it, and of several
-- such the first that lies there, usable today, for `p_crude_mg` of crude herb. NULL: the shop keeps none.
CREATE FUNCTION item_for(p_shop_id bigint, p_dosage_form text, p_herb_id text, p_processing text, p_crude_mg bigint)
RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT t.id FROM items t
     WHERE t.shop_id = p_shop_id AND t.herb_id = p_herb_id AND t.item_kind = ANY (form_item_kinds(p_dosage_form))
     ORDER BY t.item_kind = 'powder' DESC, lower(coalesce(t.preparation, '')) = lower(p_processing) DESC,
              (SELECT sum(b.quantity) FROM lots l
                 JOIN balances b ON b.shop_id = l.shop_id AND b.lot_id = l.id AND b.internal
                 JOIN locations p ON p.shop_id = b.shop_id AND p.id = b.location_id
                WHERE l.shop_id = p_shop_id AND l.item_id = t.id AND l.in_stock
                  AND lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today(p_shop_id)),
                                     (SELECT shop_today(p_shop_id))) IS NULL)
                  * t.ratio_numerator >= p_crude_mg * t.ratio_denominator DESC NULLS LAST, t.id
     LIMIT 1;
END;
