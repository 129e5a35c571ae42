-- What a label must say, as data a program can decide: when a conditional field is due and in which language; what labels print
-- beyond the records proper; and who let a label through without a field its profile asks for.
SET LOCAL ROLE yaofang_owner;

-- condition_code: when a conditional field is due, decided from the order; NULL: a person decides. The codes' meaning is in
-- seed/README.md. language_code: what the field's words must at least be written in; NULL: nothing that can be checked.
ALTER TABLE label_profiles
    ADD COLUMN condition_code text CHECK (condition_code IN ('always', 'external_use', 'finished_form', 'has_indication',
        'has_formula', 'prescriber_directions', 'ambiguous_pinyin', 'no_number', 'has_handling', 'has_processing', 'has_refills',
        'has_query', 'dose_limited', 'scheduled', 'handed_over')),
    ADD COLUMN language_code text CHECK (language_code IN ('english', 'chinese', 'zh_hans', 'zh_hant'));

-- Which names of herbs the shop's labels show, in which order they were chosen, separated by ';'; empty: a label without herbs.
ALTER TABLE shops ADD COLUMN label_names text NOT NULL DEFAULT 'hanzi;pinyin;english'
    CONSTRAINT shops_label_names CHECK (label_names ~ '^((pinyin|hanzi|latin|english)(;|$))*$');
GRANT UPDATE (label_profile, label_names) ON shops TO yaofang_app;

-- Facts that labels print and no other record holds: a patient's address, a prescriber's address, how the medicine looks. They are
-- only added; the newest of a field counts, an empty text takes it back. A fact of an order counts before one of its prescription.
CREATE TABLE label_facts (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    order_id bigint,
    prescription_id bigint,
    patient_id bigint,
    user_id bigint,
    field slug NOT NULL CONSTRAINT label_facts_field REFERENCES label_fields,
    text text NOT NULL CONSTRAINT label_facts_text_length CHECK (length(text) <= 400),
    noted_by bigint,
    noted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT label_facts_about CHECK (num_nonnulls(order_id, prescription_id, patient_id, user_id) = 1),
    CONSTRAINT label_facts_field_of CHECK (CASE
        WHEN patient_id IS NOT NULL THEN field IN ('patient_address', 'patient_record_number')
        WHEN user_id IS NOT NULL THEN field IN ('prescriber_address', 'prescriber_phone', 'department')
        ELSE field IN ('strength', 'route', 'timing', 'maximum_dose', 'indication', 'diagnosis', 'repeats', 'prescription_expiry',
                       'side_effects', 'physical_description', 'spoon_measure', 'storage') END),
    CONSTRAINT label_facts_order FOREIGN KEY (shop_id, order_id) REFERENCES orders,
    CONSTRAINT label_facts_prescription FOREIGN KEY (shop_id, prescription_id) REFERENCES prescriptions,
    CONSTRAINT label_facts_patient FOREIGN KEY (shop_id, patient_id) REFERENCES patients,
    CONSTRAINT label_facts_person FOREIGN KEY (shop_id, user_id) REFERENCES users,
    CONSTRAINT label_facts_noted_by FOREIGN KEY (shop_id, noted_by) REFERENCES users
);
CREATE INDEX label_facts_of_order ON label_facts (shop_id, order_id, field, id) WHERE order_id IS NOT NULL;
CREATE INDEX label_facts_of_prescription ON label_facts (shop_id, prescription_id, field, id) WHERE prescription_id IS NOT NULL;
CREATE INDEX label_facts_of_patient ON label_facts (shop_id, patient_id, field, id) WHERE patient_id IS NOT NULL;
CREATE INDEX label_facts_of_person ON label_facts (shop_id, user_id, field, id) WHERE user_id IS NOT NULL;

-- Why a label may be printed without a field its profile asks for.
CREATE TABLE label_override_reasons (
    code text PRIMARY KEY,
    english text NOT NULL
);
INSERT INTO label_override_reasons (code, english) VALUES
    ('does_not_apply', 'The rule does not apply to this supply'),
    ('rule_not_confirmed', 'The rule is a draft, or was asked about and does not hold'),
    ('on_another_label', 'It stands on another label or sheet that goes with this one'),
    ('added_by_hand', 'It was written on the label by hand'),
    ('not_known', 'It cannot be found out, and the patient needs the medicine now');

CREATE TABLE label_overrides (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    kind text NOT NULL,
    profile_id slug NOT NULL,
    field slug NOT NULL,
    fault text NOT NULL CHECK (fault IN ('missing', 'too_small', 'wrong_language')),
    reason text NOT NULL CONSTRAINT label_overrides_reason REFERENCES label_override_reasons,
    note text NOT NULL CONSTRAINT label_overrides_note_length CHECK (length(note) BETWEEN 3 AND 400),
    overridden_by bigint,
    overridden_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, kind, profile_id, field, fault),
    CONSTRAINT label_overrides_order FOREIGN KEY (shop_id, order_id) REFERENCES orders,
    CONSTRAINT label_overrides_by FOREIGN KEY (shop_id, overridden_by) REFERENCES users
);

DO $$
DECLARE
    owned text;
BEGIN
    FOREACH owned IN ARRAY ARRAY['label_facts', 'label_overrides'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %I USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())', owned);
        EXECUTE format('GRANT SELECT ON %I TO yaofang_app, yaofang_read', owned);
        EXECUTE format('GRANT INSERT ON %I TO yaofang_app', owned);
    END LOOP;
END
$$;
GRANT SELECT ON label_override_reasons TO yaofang_app, yaofang_read;

-- The newest text of a field, of the order or else of its prescription; NULL when there is none or it was taken back.
CREATE FUNCTION order_fact(p_shop_id bigint, p_order_id bigint, p_prescription_id bigint, p_field text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT nullif(coalesce(
        (SELECT text FROM label_facts WHERE shop_id = p_shop_id AND order_id = p_order_id AND field = p_field ORDER BY id DESC LIMIT 1),
        (SELECT text FROM label_facts WHERE shop_id = p_shop_id AND prescription_id = p_prescription_id AND field = p_field
          ORDER BY id DESC LIMIT 1)), '')
$$;
CREATE FUNCTION patient_fact(p_shop_id bigint, p_patient_id bigint, p_field text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT nullif((SELECT text FROM label_facts WHERE shop_id = p_shop_id AND patient_id = p_patient_id AND field = p_field
                    ORDER BY id DESC LIMIT 1), '')
$$;
CREATE FUNCTION person_fact(p_shop_id bigint, p_user_id bigint, p_field text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT nullif((SELECT text FROM label_facts WHERE shop_id = p_shop_id AND user_id = p_user_id AND field = p_field
                    ORDER BY id DESC LIMIT 1), '')
$$;

-- "68", for a small child "17 months": what a label prints as the age on a day.
CREATE FUNCTION age_words(p_born_on date, p_on date) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN p_born_on IS NULL OR p_on < p_born_on THEN NULL
                WHEN age(p_on, p_born_on) >= interval '2 years' THEN extract(year FROM age(p_on, p_born_on))::text
                ELSE (extract(year FROM age(p_on, p_born_on)) * 12 + extract(month FROM age(p_on, p_born_on)))::text || ' months' END;
