-- Prescriptions as versions that never change, what screening found in them, and who answered what.
--
-- How the database itself refuses to let an unanswered critical finding through (PRODUCT law 6), without a trigger:
--   * the critical findings of a screening are numbered 1..n without gaps, and the screening's critical_count is n:
--     each must have its predecessor, and the screening refers to the last one (deferred, both are written together);
--   * answers are numbered 1..k the same way, each to another critical finding; so answer n means all are answered;
--   * a pharmacist's acknowledgements follow the answers' numbers the same way;
--   * a release (0006) refers to the acknowledgement whose number is the critical_count.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE prescriptions (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    patient_id bigint NOT NULL,
    created_by bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT prescriptions_patient_once UNIQUE (shop_id, id, patient_id),
    CONSTRAINT prescriptions_patient FOREIGN KEY (shop_id, patient_id) REFERENCES patients,
    CONSTRAINT prescriptions_created_by FOREIGN KEY (shop_id, created_by) REFERENCES users
);
CREATE INDEX prescriptions_by_patient ON prescriptions (shop_id, patient_id);

-- Two people who change version n at once both try to add n + 1: the second is told that hers is stale.
CREATE TABLE prescription_versions (
    shop_id bigint NOT NULL,
    prescription_id bigint NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    previous_version integer GENERATED ALWAYS AS (nullif(version - 1, 0)) STORED,
    dosage_form slug NOT NULL CONSTRAINT prescription_versions_dosage_form REFERENCES dosage_forms,
    merge_rule text NOT NULL CONSTRAINT prescription_versions_merge_rule
        CHECK (merge_rule IN ('highest', 'sum', 'keep_first', 'ask')),
    dose_mode text NOT NULL CONSTRAINT prescription_versions_dose_mode
        CHECK (dose_mode IN ('per_day', 'per_packet', 'total', 'parts')),
    days integer NOT NULL CONSTRAINT prescription_versions_days CHECK (days BETWEEN 1 AND 366),
    doses_per_day integer NOT NULL CONSTRAINT prescription_versions_doses CHECK (doses_per_day BETWEEN 1 AND 12),
    packets integer NOT NULL CONSTRAINT prescription_versions_packets CHECK (packets BETWEEN 1 AND 1000),
    total_mg bigint NOT NULL CONSTRAINT prescription_versions_total CHECK (total_mg BETWEEN 1 AND 100000000000),
    directions text NOT NULL DEFAULT '',
    indication text NOT NULL DEFAULT '',
    change_note text NOT NULL DEFAULT '',
    created_by bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, prescription_id, version),
    CONSTRAINT prescription_versions_prescription FOREIGN KEY (shop_id, prescription_id) REFERENCES prescriptions,
    CONSTRAINT prescription_versions_previous FOREIGN KEY (shop_id, prescription_id, previous_version)
        REFERENCES prescription_versions,
    CONSTRAINT prescription_versions_created_by FOREIGN KEY (shop_id, created_by) REFERENCES users
);

-- The formulas a version was put together from, for "differs from the classic by".
CREATE TABLE prescription_formulas (
    shop_id bigint NOT NULL,
    prescription_id bigint NOT NULL,
    version integer NOT NULL,
    seq integer NOT NULL,
    formula_id slug NOT NULL CONSTRAINT prescription_formulas_formula REFERENCES formulas,
    scaled_mg bigint -- what it was scaled to, a day's ("parts": as parts); NULL: as the classic gives it
        CONSTRAINT prescription_formulas_scaled CHECK (scaled_mg BETWEEN 1 AND 100000000000),
    PRIMARY KEY (shop_id, prescription_id, version, seq),
    CONSTRAINT prescription_formulas_version FOREIGN KEY (shop_id, prescription_id, version) REFERENCES prescription_versions
);

CREATE TABLE prescription_items (
    shop_id bigint NOT NULL,
    prescription_id bigint NOT NULL,
    version integer NOT NULL,
    line_no integer NOT NULL CHECK (line_no >= 1),
    herb_id slug NOT NULL CONSTRAINT prescription_items_herb REFERENCES herbs,
    processing text NOT NULL DEFAULT '', -- preparation asked for beyond the herb's own row
    handling text NOT NULL DEFAULT '',   -- decoct first, wrap, …
    role text NOT NULL DEFAULT '',
    daily_mg bigint NOT NULL CONSTRAINT prescription_items_daily CHECK (daily_mg BETWEEN 1 AND 100000000000),
    total_mg bigint NOT NULL CONSTRAINT prescription_items_total CHECK (total_mg BETWEEN 1 AND 100000000000),
    via text NOT NULL DEFAULT '',        -- formula ids it came from, separated by ';'; empty when added by hand
    PRIMARY KEY (shop_id, prescription_id, version, line_no),
    CONSTRAINT prescription_items_herb_once UNIQUE (shop_id, prescription_id, version, herb_id, processing),
    CONSTRAINT prescription_items_version FOREIGN KEY (shop_id, prescription_id, version) REFERENCES prescription_versions
);

-- One run of the engine over one version and one state of the patient. Texts are frozen in its findings.
CREATE TABLE screenings (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    prescription_id bigint NOT NULL,
    version integer NOT NULL,
    patient_id bigint NOT NULL,
    profile_version integer NOT NULL,
    knowledge_version text NOT NULL,
    critical_count integer NOT NULL CHECK (critical_count >= 0),
    last_critical_no integer GENERATED ALWAYS AS (nullif(critical_count, 0)) STORED,
    made_by bigint NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT screenings_count_once UNIQUE (shop_id, id, critical_count),
    CONSTRAINT screenings_version_once UNIQUE (shop_id, id, prescription_id, version),
    CONSTRAINT screenings_version FOREIGN KEY (shop_id, prescription_id, version) REFERENCES prescription_versions,
    CONSTRAINT screenings_patient FOREIGN KEY (shop_id, prescription_id, patient_id)
        REFERENCES prescriptions (shop_id, id, patient_id),
    CONSTRAINT screenings_made_by FOREIGN KEY (shop_id, made_by) REFERENCES users
);
CREATE INDEX screenings_by_prescription ON screenings (shop_id, prescription_id, version, id);

CREATE TABLE findings (
    shop_id bigint NOT NULL,
    screening_id bigint NOT NULL,
    finding_no integer NOT NULL CHECK (finding_no >= 1),
    kind text NOT NULL,
    severity severity NOT NULL,
    critical_no integer CHECK (critical_no >= 1),
    previous_critical_no integer GENERATED ALWAYS AS (nullif(critical_no - 1, 0)) STORED,
    screening_critical_count integer NOT NULL,
    rule_id text NOT NULL DEFAULT '',
    rule_version integer NOT NULL DEFAULT 0,
    subject_id text NOT NULL DEFAULT '',
    subject_name text NOT NULL DEFAULT '',
    subject_typed text NOT NULL DEFAULT '',
    object_id text NOT NULL DEFAULT '',
    object_name text NOT NULL DEFAULT '',
    object_typed text NOT NULL DEFAULT '',
    via text NOT NULL DEFAULT '',
    daily_mg bigint,
    detail text NOT NULL DEFAULT '', -- a sentence about this case
    effect text NOT NULL DEFAULT '',
    mechanism text NOT NULL DEFAULT '',
    evidence text NOT NULL DEFAULT '',
    action text NOT NULL DEFAULT '',
    citation text NOT NULL DEFAULT '',
    PRIMARY KEY (shop_id, screening_id, finding_no),
    CONSTRAINT findings_critical_numbered
        CHECK ((severity IN ('contraindicated', 'major')) = (critical_no IS NOT NULL)),
    CONSTRAINT findings_critical_counted CHECK (critical_no <= screening_critical_count),
    CONSTRAINT findings_critical_once UNIQUE (shop_id, screening_id, critical_no),
    CONSTRAINT findings_critical_previous FOREIGN KEY (shop_id, screening_id, previous_critical_no)
        REFERENCES findings (shop_id, screening_id, critical_no),
    CONSTRAINT findings_screening FOREIGN KEY (shop_id, screening_id, screening_critical_count)
        REFERENCES screenings (shop_id, id, critical_count)
);
ALTER TABLE screenings ADD CONSTRAINT screenings_last_critical FOREIGN KEY (shop_id, id, last_critical_no)
    REFERENCES findings (shop_id, screening_id, critical_no) DEFERRABLE INITIALLY DEFERRED;

-- The coded reasons a critical finding is answered with; `counselling` is what the patient is told then.
CREATE TABLE answer_reasons (
    code text PRIMARY KEY,
    english text NOT NULL,
    needs_note boolean NOT NULL DEFAULT false,
    counselling text NOT NULL DEFAULT ''
);
INSERT INTO answer_reasons (code, english, needs_note, counselling) VALUES
    ('monitored', 'The patient is monitored (for example INR) and the interval is agreed', true,
     'Keep your blood test appointments and tell your doctor that you take this formula.'),
    ('prescriber_consulted', 'The prescriber of the other medicine was consulted and agrees', true,
     'Your doctor knows about this combination. Report anything unusual at once.'),
    ('benefit_outweighs_risk', 'Benefit outweighs the risk in this patient', true,
     'Stop and call us if you notice bleeding, bruising, dizziness or anything unusual.'),
    ('dose_reduced', 'The dose was chosen low because of this finding', false,
     'Do not take more than the label says.'),
    ('separated_in_time', 'The two are taken hours apart', false,
     'Take this formula at least two hours apart from your other medicine.'),
    ('short_course', 'Short course with a review date', false,
     'Do not go on beyond the days on the label without a visit.'),
    ('already_tolerated', 'The patient has taken this combination before without harm', true,
     'Tell us at once if anything changes.'),
    ('medicine_stopped', 'The other medicine was stopped', false, ''),
    ('does_not_apply', 'The finding does not apply to this patient', true, ''),
    ('medicines_now_asked', 'The patient was asked while the formula was prepared', true,
     'Tell us of every medicine you take, also those without a prescription.'),
    ('name_checked_by_hand', 'The unknown name was looked up by hand', true, '');

CREATE TABLE answers (
    shop_id bigint NOT NULL,
    screening_id bigint NOT NULL,
    answer_no integer NOT NULL CHECK (answer_no >= 1),
    previous_answer_no integer GENERATED ALWAYS AS (nullif(answer_no - 1, 0)) STORED,
    critical_no integer NOT NULL,
    reason text NOT NULL CONSTRAINT answers_reason REFERENCES answer_reasons,
    note text NOT NULL DEFAULT '',
    answered_by bigint NOT NULL,
    answered_at timestamptz NOT NULL DEFAULT now(),
    carried_from bigint, -- the earlier screening in which the same finding got this answer
    PRIMARY KEY (shop_id, screening_id, answer_no),
    CONSTRAINT answers_finding_once UNIQUE (shop_id, screening_id, critical_no),
    CONSTRAINT answers_previous FOREIGN KEY (shop_id, screening_id, previous_answer_no) REFERENCES answers,
    CONSTRAINT answers_finding FOREIGN KEY (shop_id, screening_id, critical_no)
        REFERENCES findings (shop_id, screening_id, critical_no),
    CONSTRAINT answers_carried_from FOREIGN KEY (shop_id, carried_from) REFERENCES screenings,
    CONSTRAINT answers_answered_by FOREIGN KEY (shop_id, answered_by) REFERENCES users
);

-- The pharmacist has opened the prescriber's answer (PRODUCT law 6).
CREATE TABLE acknowledgements (
    shop_id bigint NOT NULL,
    screening_id bigint NOT NULL,
    answer_no integer NOT NULL,
    previous_answer_no integer GENERATED ALWAYS AS (nullif(answer_no - 1, 0)) STORED,
    acknowledged_by bigint NOT NULL,
    acknowledged_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, screening_id, answer_no),
    CONSTRAINT acknowledgements_answer FOREIGN KEY (shop_id, screening_id, answer_no) REFERENCES answers,
    CONSTRAINT acknowledgements_previous FOREIGN KEY (shop_id, screening_id, previous_answer_no) REFERENCES acknowledgements,
    CONSTRAINT acknowledgements_by FOREIGN KEY (shop_id, acknowledged_by) REFERENCES users
);

-- A version is signed once, with every critical finding of its screening answered.
CREATE TABLE signatures (
    shop_id bigint NOT NULL,
    prescription_id bigint NOT NULL,
    version integer NOT NULL,
    screening_id bigint NOT NULL,
    critical_count integer NOT NULL,
    last_answer_no integer GENERATED ALWAYS AS (nullif(critical_count, 0)) STORED,
    signed_by bigint NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, prescription_id, version),
    CONSTRAINT signatures_screening FOREIGN KEY (shop_id, screening_id, prescription_id, version)
        REFERENCES screenings (shop_id, id, prescription_id, version),
    CONSTRAINT signatures_screening_count FOREIGN KEY (shop_id, screening_id, critical_count)
        REFERENCES screenings (shop_id, id, critical_count),
    CONSTRAINT signatures_all_answered FOREIGN KEY (shop_id, screening_id, last_answer_no) REFERENCES answers,
    CONSTRAINT signatures_signed_by FOREIGN KEY (shop_id, signed_by) REFERENCES users
);
