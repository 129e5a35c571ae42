-- What may be taken instead of what is short: proposed with its parts and what it adds and lacks, answered once by a prescriber, and
-- then a further version of the prescription. Proposals and answers are only added; whether one is open, consented to, refused or
-- overtaken by a newer version is what rows there are.
SET LOCAL ROLE yaofang_owner;

-- The item a line is filled with, where it is not the shop's usual choice; a ready-made product is not compounded but goes along from
-- the shelf, and the line says what of the herb is in it.
ALTER TABLE prescription_items
    ADD COLUMN filled_item_id bigint,
    ADD CONSTRAINT prescription_items_filled FOREIGN KEY (shop_id, filled_item_id) REFERENCES items;

CREATE TABLE substitutions (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    prescription_id bigint NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL CONSTRAINT substitutions_kind_known CHECK (kind IN ('form', 'preparation', 'combination')),
    score_permille integer NOT NULL CONSTRAINT substitutions_score CHECK (score_permille BETWEEN 0 AND 1000),
    note text NOT NULL DEFAULT '' CONSTRAINT substitutions_note_length CHECK (length(note) <= 1000),
    proposed_by bigint NOT NULL,
    proposed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT substitutions_version_once UNIQUE (shop_id, id, prescription_id),
    CONSTRAINT substitutions_version FOREIGN KEY (shop_id, prescription_id, version) REFERENCES prescription_versions,
    CONSTRAINT substitutions_proposed_by FOREIGN KEY (shop_id, proposed_by) REFERENCES users
);
CREATE INDEX substitutions_by_prescription ON substitutions (shop_id, prescription_id, id);

-- What the new version would be, herb by herb, with names as they were; `name` is that of the item where it is not the usual one.
CREATE TABLE substitution_lines (
    shop_id bigint NOT NULL,
    substitution_id bigint NOT NULL,
    line_no integer NOT NULL CHECK (line_no >= 1),
    herb_id slug NOT NULL CONSTRAINT substitution_lines_herb REFERENCES herbs,
    processing text NOT NULL DEFAULT '',
    via text NOT NULL DEFAULT '',
    filled_item_id bigint,
    formula_id slug CONSTRAINT substitution_lines_formula REFERENCES formulas, -- of a ready-made product
    name text NOT NULL DEFAULT '',
    daily_mg bigint NOT NULL CONSTRAINT substitution_lines_daily CHECK (daily_mg BETWEEN 1 AND 100000000000),
    PRIMARY KEY (shop_id, substitution_id, line_no),
    CONSTRAINT substitution_lines_substitution FOREIGN KEY (shop_id, substitution_id) REFERENCES substitutions,
    CONSTRAINT substitution_lines_item FOREIGN KEY (shop_id, filled_item_id) REFERENCES items
);

-- What it adds (was 0), lacks (is 0) or changes, a day in crude herb.
CREATE TABLE substitution_differences (
    shop_id bigint NOT NULL,
    substitution_id bigint NOT NULL,
    herb_id slug NOT NULL CONSTRAINT substitution_differences_herb REFERENCES herbs,
    was_mg bigint NOT NULL CHECK (was_mg >= 0),
    is_mg bigint NOT NULL CHECK (is_mg >= 0),
    PRIMARY KEY (shop_id, substitution_id, herb_id),
    CONSTRAINT substitution_differences_differ CHECK (was_mg <> is_mg),
    CONSTRAINT substitution_differences_substitution FOREIGN KEY (shop_id, substitution_id) REFERENCES substitutions
);

-- The prescriber's word, once: consent names the version it became.
CREATE TABLE substitution_answers (
    shop_id bigint NOT NULL,
    substitution_id bigint NOT NULL,
    prescription_id bigint NOT NULL,
    consented boolean NOT NULL,
    version integer,
    note text NOT NULL DEFAULT '' CONSTRAINT substitution_answers_note_length CHECK (length(note) <= 1000),
    answered_by bigint NOT NULL,
    answered_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, substitution_id),
    CONSTRAINT substitution_answers_version_with_consent CHECK (consented = (version IS NOT NULL)),
    CONSTRAINT substitution_answers_substitution FOREIGN KEY (shop_id, substitution_id, prescription_id)
        REFERENCES substitutions (shop_id, id, prescription_id),
    CONSTRAINT substitution_answers_version FOREIGN KEY (shop_id, prescription_id, version) REFERENCES prescription_versions,
    CONSTRAINT substitution_answers_answered_by FOREIGN KEY (shop_id, answered_by) REFERENCES users
);

DO $$
DECLARE
    owned regclass;
BEGIN
    FOREACH owned IN ARRAY ARRAY['substitutions', 'substitution_lines', 'substitution_differences',
                                 'substitution_answers']::regclass[] LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %s USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())',
                       owned);
        EXECUTE format('GRANT SELECT ON %s TO yaofang_app, yaofang_read', owned);
        EXECUTE format('GRANT INSERT ON %s TO yaofang_app', owned);
    END LOOP;
END
$$;
-- Only a prescriber consents, whoever asks.
CREATE POLICY who_may ON substitution_answers AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM user_roles r WHERE r.shop_id = substitution_answers.shop_id
               AND r.user_id = substitution_answers.answered_by AND r.role = 'practitioner'));
