-- Prescriptions written elsewhere: received on paper, by fax, as a photograph or by e-mail, entered from the paper by one person and
-- compared with it by another (PRODUCT law 8) before they stand as signed. Their prescriber has no account: what she says to a question is
-- recorded with who said it and how, and a critical finding can be answered only where she was asked about it (law 6).
SET LOCAL ROLE yaofang_owner;

CREATE TABLE outside_prescribers (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL CONSTRAINT outside_prescribers_name_length CHECK (length(name) BETWEEN 1 AND 120),
    address text NOT NULL CONSTRAINT outside_prescribers_address_length CHECK (length(address) BETWEEN 1 AND 300),
    phone text NOT NULL CONSTRAINT outside_prescribers_phone_length CHECK (length(phone) BETWEEN 1 AND 40),
    registration text NOT NULL CONSTRAINT outside_prescribers_registration_length CHECK (length(registration) BETWEEN 1 AND 60),
    registered_with text NOT NULL CONSTRAINT outside_prescribers_body_length CHECK (length(registered_with) BETWEEN 1 AND 120),
    added_by bigint NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT outside_prescribers_once UNIQUE (shop_id, registered_with, registration),
    CONSTRAINT outside_prescribers_added_by FOREIGN KEY (shop_id, added_by) REFERENCES users
);

ALTER TABLE order_reasons DROP CONSTRAINT order_reasons_use_check, ADD CONSTRAINT order_reasons_use_check
    CHECK (use IN ('hold', 'reject', 'waste', 'early_refill', 'not_wanted', 'return', 'destroy', 'reject_intake'));
INSERT INTO order_reasons (use, code, english, zh_hans, zh_hant, note_needed) VALUES
    ('reject_intake', 'unreadable', 'Cannot be read', '无法辨认', '無法辨認', false),
    ('reject_intake', 'not_complete', 'Something the law asks for is missing', '缺少法定内容', '缺少法定內容', true),
    ('reject_intake', 'not_authentic', 'May not be genuine', '真伪存疑', '真偽存疑', true),
    ('reject_intake', 'prescriber_not_registered', 'The prescriber is not registered', '处方者未注册', '處方者未註冊', true),
    ('reject_intake', 'too_old', 'Written too long ago', '处方已过期', '處方已過期', false),
    ('reject_intake', 'wrong_patient', 'Not for this patient', '非该患者处方', '非該患者處方', true),
    ('reject_intake', 'prescriber_withdrew', 'The prescriber withdrew it', '处方者撤回', '處方者撤回', false),
    ('reject_intake', 'unsafe', 'Not safe for this patient', '对该患者不安全', '對該患者不安全', true),
    ('reject_intake', 'not_lawful', 'May not be dispensed here', '依法不得调配', '依法不得調配', true);

-- What arrived, and how. The number is the paper's own; the same of the same prescriber comes in again only in place of a refused one.
CREATE TABLE intakes (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    patient_id bigint NOT NULL,
    prescriber_id bigint NOT NULL,
    number text NOT NULL DEFAULT '' CONSTRAINT intakes_number_length CHECK (length(number) <= 60),
    written_on date NOT NULL,
    how text NOT NULL CONSTRAINT intakes_how_known CHECK (how IN ('paper', 'fax', 'photo', 'email')),
    replaces_id bigint,
    note text NOT NULL DEFAULT '' CONSTRAINT intakes_note_length CHECK (length(note) <= 500),
    received_by bigint NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT intakes_facts_once UNIQUE (shop_id, id, patient_id),
    CONSTRAINT intakes_replaces_once UNIQUE (shop_id, replaces_id),
    -- A day more than UTC's: it is tomorrow somewhere.
    CONSTRAINT intakes_written_on CHECK (written_on BETWEEN '2000-01-01' AND (received_at AT TIME ZONE 'UTC')::date + 1),
    CONSTRAINT intakes_patient FOREIGN KEY (shop_id, patient_id) REFERENCES patients,
    CONSTRAINT intakes_prescriber FOREIGN KEY (shop_id, prescriber_id) REFERENCES outside_prescribers,
    CONSTRAINT intakes_received_by FOREIGN KEY (shop_id, received_by) REFERENCES users
);
CREATE UNIQUE INDEX intakes_number_once ON intakes (shop_id, prescriber_id, number, coalesce(replaces_id, 0)) WHERE number <> '';
CREATE INDEX intakes_by_patient ON intakes (shop_id, patient_id);

CREATE TABLE intake_rejections (
    shop_id bigint NOT NULL,
    intake_id bigint NOT NULL,
    use text GENERATED ALWAYS AS ('reject_intake') STORED,
    reason text NOT NULL,
    note_needed boolean NOT NULL,
    note text NOT NULL DEFAULT '' CONSTRAINT intake_rejections_note_length CHECK (length(note) <= 500),
    rejected_by bigint NOT NULL,
    rejected_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, intake_id),
    CONSTRAINT intake_rejections_note CHECK (note <> '' OR NOT note_needed),
    CONSTRAINT intake_rejections_intake FOREIGN KEY (shop_id, intake_id) REFERENCES intakes,
    CONSTRAINT intake_rejections_reason FOREIGN KEY (use, reason, note_needed) REFERENCES order_reasons (use, code, note_needed),
    CONSTRAINT intake_rejections_by FOREIGN KEY (shop_id, rejected_by) REFERENCES users
);
ALTER TABLE intakes ADD CONSTRAINT intakes_replaces FOREIGN KEY (shop_id, replaces_id) REFERENCES intake_rejections;

-- The paper itself, page by page; the same page is never taken in twice.
ALTER TABLE attachments
    ADD COLUMN intake_id bigint,
    DROP CONSTRAINT attachments_kind_known,
    ADD CONSTRAINT attachments_kind_known CHECK (kind IN ('certificate', 'invoice', 'photograph', 'prescription', 'other')),
    DROP CONSTRAINT attachments_of_one_thing,
    ADD CONSTRAINT attachments_of_one_thing CHECK (num_nonnulls(lot_id, receipt_id, purchase_order_id, intake_id) = 1),
    ADD CONSTRAINT attachments_intake FOREIGN KEY (shop_id, intake_id) REFERENCES intakes;
CREATE UNIQUE INDEX attachments_paper_once ON attachments (shop_id, sha256) WHERE intake_id IS NOT NULL;
CREATE INDEX attachments_by_intake ON attachments (shop_id, intake_id) WHERE intake_id IS NOT NULL;

-- What was entered from it: for the patient it was received for, once.
ALTER TABLE prescriptions
    ADD COLUMN intake_id bigint,
    ADD CONSTRAINT prescriptions_intake_once UNIQUE (shop_id, intake_id),
    ADD CONSTRAINT prescriptions_facts_once UNIQUE (shop_id, id, intake_id),
    ADD CONSTRAINT prescriptions_intake FOREIGN KEY (shop_id, intake_id, patient_id) REFERENCES intakes (shop_id, id, patient_id);
ALTER TABLE prescription_versions ADD CONSTRAINT prescription_versions_author_once
    UNIQUE (shop_id, prescription_id, version, created_by);

-- A version compared with the paper, by somebody else than who entered it, or by the same person after the delay of a recorded
-- single-person mode.
CREATE TABLE intake_checks (
    shop_id bigint NOT NULL,
    intake_id bigint NOT NULL,
    prescription_id bigint NOT NULL,
    version integer NOT NULL,
    entered_by bigint NOT NULL,
    matches boolean NOT NULL,
    note text NOT NULL DEFAULT '' CONSTRAINT intake_checks_note_length CHECK (length(note) <= 1000),
    checked_by bigint NOT NULL,
    single_person_mode_id bigint,
    checked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, prescription_id, version),
    CONSTRAINT intake_checks_two_people CHECK (checked_by <> entered_by OR single_person_mode_id IS NOT NULL),
    CONSTRAINT intake_checks_says_what CHECK (matches OR note <> ''),
    CONSTRAINT intake_checks_prescription FOREIGN KEY (shop_id, prescription_id, intake_id) REFERENCES prescriptions (shop_id, id, intake_id),
    CONSTRAINT intake_checks_version FOREIGN KEY (shop_id, prescription_id, version, entered_by)
        REFERENCES prescription_versions (shop_id, prescription_id, version, created_by),
    CONSTRAINT intake_checks_by FOREIGN KEY (shop_id, checked_by) REFERENCES users,
    CONSTRAINT intake_checks_mode FOREIGN KEY (shop_id, single_person_mode_id) REFERENCES single_person_modes
);

-- A question to the prescriber, about a screening's findings or (none) about the paper; and what she said.
CREATE TABLE intake_queries (
    shop_id bigint NOT NULL,
    intake_id bigint NOT NULL,
    query_no integer NOT NULL CHECK (query_no >= 1),
    previous_query_no integer GENERATED ALWAYS AS (nullif(query_no - 1, 0)) STORED,
    screening_id bigint,
    question text NOT NULL CONSTRAINT intake_queries_length CHECK (length(question) BETWEEN 1 AND 1000),
    asked_by bigint NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, intake_id, query_no),
    CONSTRAINT intake_queries_previous FOREIGN KEY (shop_id, intake_id, previous_query_no) REFERENCES intake_queries,
    CONSTRAINT intake_queries_intake FOREIGN KEY (shop_id, intake_id) REFERENCES intakes,
    CONSTRAINT intake_queries_screening FOREIGN KEY (shop_id, screening_id) REFERENCES screenings,
    CONSTRAINT intake_queries_by FOREIGN KEY (shop_id, asked_by) REFERENCES users
);
CREATE TABLE intake_answers (
    shop_id bigint NOT NULL,
    intake_id bigint NOT NULL,
    query_no integer NOT NULL,
    verdict text NOT NULL CONSTRAINT intake_answers_verdict_known CHECK (verdict IN ('as_written', 'will_change', 'withdrawn')),
    answer text NOT NULL CONSTRAINT intake_answers_length CHECK (length(answer) BETWEEN 1 AND 1000),
    said_by text NOT NULL CONSTRAINT intake_answers_said_by_length CHECK (length(said_by) BETWEEN 1 AND 120),
    said_how text NOT NULL CONSTRAINT intake_answers_how_known CHECK (said_how IN ('phone', 'fax', 'email', 'letter', 'in_person')),
    recorded_by bigint NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, intake_id, query_no),
    CONSTRAINT intake_answers_query FOREIGN KEY (shop_id, intake_id, query_no) REFERENCES intake_queries,
    CONSTRAINT intake_answers_by FOREIGN KEY (shop_id, recorded_by) REFERENCES users
);

DO $$
DECLARE
    owned text;
BEGIN
    FOREACH owned IN ARRAY ARRAY['outside_prescribers', 'intakes', 'intake_rejections', 'intake_checks', 'intake_queries',
                                 'intake_answers'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %I USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())', owned);
        EXECUTE format('GRANT SELECT ON %I TO yaofang_app, yaofang_read', owned);
        EXECUTE format('GRANT INSERT ON %I TO yaofang_app', owned);
    END LOOP;
END
$$;
GRANT UPDATE (name, address, phone) ON outside_prescribers TO yaofang_app;

CREATE POLICY by_role ON intakes AS RESTRICTIVE FOR INSERT WITH CHECK (holds_role(shop_id, received_by, '{pharmacist,staff}'));
CREATE POLICY by_role ON intake_queries AS RESTRICTIVE FOR INSERT WITH CHECK (holds_role(shop_id, asked_by, '{pharmacist}'));
CREATE POLICY by_role ON intake_answers AS RESTRICTIVE FOR INSERT WITH CHECK (holds_role(shop_id, recorded_by, '{pharmacist}'));
CREATE POLICY by_role ON intake_checks AS RESTRICTIVE FOR INSERT WITH CHECK (holds_role(shop_id, checked_by, '{pharmacist}'));
CREATE POLICY one_person ON intake_checks AS RESTRICTIVE FOR INSERT WITH CHECK (
    single_person_mode_id IS NULL
    OR second_look_due(shop_id, single_person_mode_id, (SELECT v.created_at FROM prescription_versions v
        WHERE v.shop_id = intake_checks.shop_id AND v.prescription_id = intake_checks.prescription_id
          AND v.version = intake_checks.version)));
-- Nothing is entered without the paper, or from one that was refused; nothing is refused that stands as signed.
CREATE POLICY from_paper ON prescriptions AS RESTRICTIVE FOR INSERT WITH CHECK (
    intake_id IS NULL
    OR (EXISTS (SELECT FROM attachments a WHERE a.shop_id = prescriptions.shop_id AND a.intake_id = prescriptions.intake_id)
        AND NOT EXISTS (SELECT FROM intake_rejections r WHERE r.shop_id = prescriptions.shop_id
                           AND r.intake_id = prescriptions.intake_id)));
CREATE POLICY where_it_belongs ON intake_rejections AS RESTRICTIVE FOR INSERT WITH CHECK (
    holds_role(shop_id, rejected_by, '{pharmacist}')
    AND NOT EXISTS (SELECT FROM prescriptions p
                      JOIN signatures g ON g.shop_id = p.shop_id AND g.prescription_id = p.id
                     WHERE p.shop_id = intake_rejections.shop_id AND p.intake_id = intake_rejections.intake_id));
-- What was entered from a paper stands as signed when that version was compared with it and matches, no question is open, and the
-- prescriber neither withdrew it nor wanted a change that this version is older than.
CREATE POLICY as_on_paper ON signatures AS RESTRICTIVE FOR INSERT WITH CHECK (NOT EXISTS (
    SELECT FROM prescriptions p
     WHERE p.shop_id = signatures.shop_id AND p.id = signatures.prescription_id AND p.intake_id IS NOT NULL
       AND (NOT EXISTS (SELECT FROM intake_checks k WHERE k.shop_id = p.shop_id AND k.prescription_id = p.id
                           AND k.version = signatures.version AND k.matches)
            OR EXISTS (SELECT FROM intake_rejections r WHERE r.shop_id = p.shop_id AND r.intake_id = p.intake_id)
            OR EXISTS (SELECT FROM intake_queries q
                         LEFT JOIN intake_answers a ON a.shop_id = q.shop_id AND a.intake_id = q.intake_id AND a.query_no = q.query_no
                         JOIN prescription_versions v ON v.shop_id = p.shop_id AND v.prescription_id = p.id
                                                     AND v.version = signatures.version
                        WHERE q.shop_id = p.shop_id AND q.intake_id = p.intake_id
                          AND (a.query_no IS NULL OR a.verdict = 'withdrawn'
                               OR (a.verdict = 'will_change' AND a.recorded_at > v.created_at))))));

-- The critical findings of a screening of an outside prescription that its prescriber was asked about and wants as written.
CREATE VIEW findings_asked WITH (security_invoker = true) AS
SELECT f.shop_id, f.screening_id, f.critical_no, f.finding_no
  FROM findings f
  JOIN screenings s ON s.shop_id = f.shop_id AND s.id = f.screening_id
  JOIN prescriptions p ON p.shop_id = s.shop_id AND p.id = s.prescription_id
 WHERE f.critical_no IS NOT NULL
   AND EXISTS (SELECT FROM intake_queries q
                 JOIN intake_answers a ON a.shop_id = q.shop_id AND a.intake_id = q.intake_id AND a.query_no = q.query_no
                                      AND a.verdict = 'as_written'
                 JOIN findings was ON was.shop_id = q.shop_id AND was.screening_id = q.screening_id
                                  AND was.finding_key = f.finding_key
                WHERE q.shop_id = p.shop_id AND q.intake_id = p.intake_id);
GRANT SELECT ON findings_asked TO yaofang_app, yaofang_read;
CREATE POLICY asked ON answers AS RESTRICTIVE FOR INSERT WITH CHECK (
    carried_from IS NOT NULL
    OR NOT EXISTS (SELECT FROM screenings s JOIN prescriptions p ON p.shop_id = s.shop_id AND p.id = s.prescription_id
                    WHERE s.shop_id = answers.shop_id AND s.id = answers.screening_id AND p.intake_id IS NOT NULL)
    OR EXISTS (SELECT FROM findings_asked f WHERE f.shop_id = answers.shop_id AND f.screening_id = answers.screening_id
                  AND f.critical_no = answers.critical_no));

-- Who prescribed what stands as signed: the one who signed, or the prescriber of the paper.
CREATE VIEW prescribers WITH (security_invoker = true) AS
SELECT g.shop_id, g.prescription_id, g.version, g.signed_by, o.id AS outside_id, coalesce(o.name, u.display_name) AS display_name,
       CASE WHEN o.id IS NULL THEN u.name_hanzi END AS name_hanzi,
       CASE WHEN o.id IS NULL THEN u.registration ELSE o.registered_with || ' ' || o.registration END AS registration,
       CASE WHEN o.id IS NULL THEN u.phone ELSE o.phone END AS phone, o.address,
       CASE WHEN o.id IS NULL THEN u.display_name END AS signer_name, i.written_on
  FROM signatures g
  JOIN prescriptions p ON p.shop_id = g.shop_id AND p.id = g.prescription_id
  JOIN users u ON u.shop_id = g.shop_id AND u.id = g.signed_by
  LEFT JOIN intakes i ON i.shop_id = p.shop_id AND i.id = p.intake_id
  LEFT JOIN outside_prescribers o ON o.shop_id = i.shop_id AND o.id = i.prescriber_id;
GRANT SELECT ON prescribers TO yaofang_app;
