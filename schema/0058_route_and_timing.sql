-- How a formula is taken, as the prescriber says it in code: by which route, when, and how often where not every day. Labels say it in
-- the patient's language (label_phrases), and "for external use only" follows from the route.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE administration_words (
    use text NOT NULL CHECK (use IN ('route', 'timing', 'frequency')),
    code text NOT NULL CHECK (code ~ '^[a-z_]{1,40}$'),
    external boolean NOT NULL DEFAULT false, -- a route that is not by mouth
    english text NOT NULL,
    zh_hans text NOT NULL,
    zh_hant text NOT NULL,
    PRIMARY KEY (use, code),
    CONSTRAINT administration_words_external CHECK (NOT external OR use = 'route')
);
INSERT INTO administration_words (use, code, external, english, zh_hans, zh_hant) VALUES
    ('route', 'oral', false, 'By mouth', '口服', '口服'),
    ('route', 'external', true, 'On the skin', '外用', '外用'),
    ('route', 'wash', true, 'As a wash or a soak', '外洗', '外洗'),
    ('route', 'gargle', true, 'As a gargle', '含漱', '含漱'),
    ('route', 'steam', true, 'As steam', '熏蒸', '熏蒸'),
    ('timing', 'before_meals', false, 'Before meals', '饭前', '飯前'),
    ('timing', 'after_meals', false, 'After meals', '饭后', '飯後'),
    ('timing', 'between_meals', false, 'Between meals', '两餐之间', '兩餐之間'),
    ('timing', 'with_meals', false, 'With meals', '随餐', '隨餐'),
    ('timing', 'empty_stomach', false, 'On an empty stomach', '空腹', '空腹'),
    ('timing', 'morning_evening', false, 'In the morning and in the evening', '早晚', '早晚'),
    ('timing', 'at_bedtime', false, 'Before bedtime', '睡前', '睡前'),
    ('frequency', 'every_other_day', false, 'Every other day', '隔日一次', '隔日一次'),
    ('frequency', 'when_needed', false, 'When needed', '必要时', '必要時');
GRANT SELECT ON administration_words TO yaofang_app, yaofang_read;

-- NULL: as the dosage form is taken; not said; every day.
ALTER TABLE prescription_versions
    ADD COLUMN route_code text,
    ADD COLUMN timing_code text,
    ADD COLUMN frequency_code text,
    ADD COLUMN route_use text GENERATED ALWAYS AS ('route') STORED,
    ADD COLUMN timing_use text GENERATED ALWAYS AS ('timing') STORED,
    ADD COLUMN frequency_use text GENERATED ALWAYS AS ('frequency') STORED,
    ADD CONSTRAINT prescription_versions_route FOREIGN KEY (route_use, route_code) REFERENCES administration_words,
    ADD CONSTRAINT prescription_versions_timing FOREIGN KEY (timing_use, timing_code) REFERENCES administration_words,
    ADD CONSTRAINT prescription_versions_frequency FOREIGN KEY (frequency_use, frequency_code) REFERENCES administration_words;
