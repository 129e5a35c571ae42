-- What a rule alone could not say: from which summed dose it holds and how grave it is below; how long an effect lasts after the
-- last dose; how long before an operation to stop; that a trial lowers a theory. And facts about herbs that are no pair of two
-- things: the law of a place from a day on, limits over many days, what an allergy crosses to, how much a child takes.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE rules
    ADD COLUMN threshold_g numeric CHECK (threshold_g > 0),
    ADD COLUMN below_severity severity,
    ADD COLUMN lasting_days integer CHECK (lasting_days BETWEEN 1 AND 400),
    ADD COLUMN stop_days_before integer CHECK (stop_days_before BETWEEN 1 AND 60),
    ADD COLUMN lowers_to severity,
    ADD CONSTRAINT rules_below_needs_threshold CHECK (below_severity IS NULL OR threshold_g IS NOT NULL),
    ADD CONSTRAINT rules_threshold_is_of_a_herb CHECK (threshold_g IS NULL OR subject_kind = 'herb'),
    DROP CONSTRAINT rules_evidence_direction_check,
    ADD CONSTRAINT rules_evidence_direction_check
        CHECK (evidence_direction IN ('supports', 'conflicting', 'negative', 'beneficial'));

ALTER TABLE general_rules ADD COLUMN limit_days integer CHECK (limit_days > 0);

ALTER TABLE drugs
    ADD COLUMN lasting_days integer CHECK (lasting_days BETWEEN 1 AND 400),
    ADD COLUMN lasting_source text,
    ADD CONSTRAINT drugs_lasting_has_source CHECK ((lasting_days IS NULL) = (lasting_source IS NULL));
ALTER TABLE drug_classes
    ADD COLUMN lasting_days integer CHECK (lasting_days BETWEEN 1 AND 400),
    ADD COLUMN lasting_source text,
    ADD CONSTRAINT drug_classes_lasting_has_source CHECK ((lasting_days IS NULL) = (lasting_source IS NULL));

-- A condition that is an age: from this many months, below that many.
ALTER TABLE conditions
    ADD COLUMN age_from_months integer CHECK (age_from_months >= 0),
    ADD COLUMN age_below_months integer CHECK (age_below_months > 0),
    ADD CONSTRAINT conditions_age_span CHECK (age_below_months > age_from_months);

-- Places with laws of their own; a place is also under its parent's law (California, the United States, the world's treaties).
CREATE TABLE jurisdictions (
    id text CHECK (id ~ '^[A-Z]{2,5}(-[A-Z0-9]{1,3})?$'),
    english text NOT NULL,
    parent_id text REFERENCES jurisdictions CHECK (parent_id <> id),
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id)
);

CREATE TABLE regulations (
    id slug,
    jurisdiction_id text NOT NULL REFERENCES jurisdictions,
    herb_id slug NOT NULL REFERENCES herbs,
    kind text NOT NULL CHECK (kind IN
        ('banned', 'controlled', 'prescription_only', 'dose_limited', 'restricted', 'cites', 'unsafe')),
    in_force_from date,
    in_force_to date,
    max_daily_g numeric CHECK (max_daily_g > 0),
    severity severity NOT NULL,
    effect text NOT NULL,
    mechanism text,
    action text NOT NULL,
    citation text NOT NULL,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id),
    CONSTRAINT regulations_span CHECK (in_force_to >= in_force_from),
    CONSTRAINT regulations_dose CHECK ((kind = 'dose_limited') = (max_daily_g IS NOT NULL))
);

-- How much of a herb, with its processed forms, in any so many days on end, over all that is taken; or on how many days.
CREATE TABLE herb_limits (
    id slug,
    herb_id slug NOT NULL REFERENCES herbs,
    window_days integer NOT NULL CHECK (window_days BETWEEN 1 AND 400),
    max_g numeric CHECK (max_g > 0),
    max_days integer CHECK (max_days BETWEEN 1 AND window_days),
    severity severity NOT NULL,
    effect text NOT NULL,
    mechanism text,
    action text NOT NULL,
    citation text NOT NULL,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id),
    CONSTRAINT herb_limits_one_kind CHECK ((max_g IS NULL) <> (max_days IS NULL))
);

-- What people say they are allergic to, and the botanical families and herbs it crosses to.
CREATE TABLE allergens (
    id slug,
    english text NOT NULL,
    synonyms text,
    families text,
    herb_ids text,
    note text,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id)
);

-- A child's share of the adult dose, by age.
CREATE TABLE child_doses (
    age_from_months integer CHECK (age_from_months >= 0),
    age_below_months integer NOT NULL CHECK (age_below_months > age_from_months),
    share text NOT NULL CHECK (share ~ '^[1-9][0-9]*:[1-9][0-9]*$'),
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (age_from_months)
);

GRANT SELECT ON jurisdictions, regulations, herb_limits, allergens, child_doses TO yaofang_app, yaofang_read;
