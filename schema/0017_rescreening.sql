-- What interrupts whom; screening again when the patient or the rule book changes; the work list of what is newly raised; and a
-- hand-over that stands on a screening of that day, as a release does.
SET LOCAL ROLE yaofang_owner;

CREATE DOMAIN moment AS text CHECK (VALUE IN ('add', 'sign', 'release', 'handover', 'refill', 'lookup'));
CREATE DOMAIN tier AS text CHECK (VALUE IN ('interrupt', 'list', 'quiet'));

-- How loudly a finding is shown to whom, when. What stops an order anyway cannot be made quiet for the one it stops.
CREATE TABLE tiers (
    role text CONSTRAINT tiers_role_known CHECK (role IN ('practitioner', 'pharmacist', 'staff')),
    moment moment,
    severity severity,
    tier tier NOT NULL,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (role, moment, severity),
    CONSTRAINT tiers_critical_interrupts CHECK (tier = 'interrupt' OR role <> 'pharmacist'
        OR moment NOT IN ('release', 'handover') OR severity NOT IN ('contraindicated', 'major'))
);

-- A shop's own; a tier NULL: as the reference has it.
CREATE TABLE shop_tiers (
    shop_id bigint NOT NULL REFERENCES shops,
    role text NOT NULL,
    moment moment NOT NULL,
    severity severity NOT NULL,
    tier tier,
    changed_by bigint NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, role, moment, severity),
    CONSTRAINT shop_tiers_reference FOREIGN KEY (role, moment, severity) REFERENCES tiers,
    CONSTRAINT shop_tiers_changed_by FOREIGN KEY (shop_id, changed_by) REFERENCES users,
    CONSTRAINT shop_tiers_critical_interrupts CHECK (tier IS NULL OR tier = 'interrupt' OR role <> 'pharmacist'
        OR moment NOT IN ('release', 'handover') OR severity NOT IN ('contraindicated', 'major'))
);

-- A screening in the background is made by nobody. finding_key: what makes a finding the same one in the next screening
-- (core/rescreen.h); finding_keys: those of all findings, and recipe: the herbs and formulas screened ("dang_gui:9000;…|formula;…"), so
-- that a million can be screened again without reading ten million rows of each.
ALTER TABLE screenings ALTER COLUMN made_by DROP NOT NULL, ADD COLUMN finding_keys bigint[], ADD COLUMN recipe text;
ALTER TABLE findings ADD COLUMN finding_key bigint;

-- What is taken of what was signed: from the last hand-over on, or from the signature when none has been, for the days of the
-- version. A version that a newer signature replaced before anything of it was handed over is none.
CREATE INDEX orders_by_version ON orders (shop_id, prescription_id, version);
CREATE VIEW courses WITH (security_invoker = true) AS
SELECT g.shop_id, p.patient_id, g.prescription_id, g.version, h.handed_over_at IS NOT NULL AS handed_over, h.order_id,
       (coalesce(h.handed_over_at, g.signed_at) AT TIME ZONE s.time_zone)::date AS first_on,
       (coalesce(h.handed_over_at, g.signed_at) AT TIME ZONE s.time_zone)::date + v.days - 1 AS last_on,
       (now() AT TIME ZONE s.time_zone)::date AS today -- shop_today, without a call for each row
  FROM prescriptions p
  JOIN signatures g ON g.shop_id = p.shop_id AND g.prescription_id = p.id
  JOIN prescription_versions v ON v.shop_id = g.shop_id AND v.prescription_id = g.prescription_id AND v.version = g.version
  JOIN shops s ON s.id = p.shop_id
  LEFT JOIN LATERAL (SELECT max(h.handed_over_at) AS handed_over_at,
                            max(o.id) FILTER (WHERE o.state NOT IN ('handed_over', 'cancelled')) AS order_id
                       FROM orders o LEFT JOIN handovers h ON h.shop_id = o.shop_id AND h.order_id = o.id
                      WHERE o.shop_id = g.shop_id AND o.prescription_id = g.prescription_id AND o.version = g.version) h ON true
 WHERE h.handed_over_at IS NOT NULL
    OR NOT EXISTS (SELECT FROM signatures n WHERE n.shop_id = g.shop_id AND n.prescription_id = g.prescription_id
                                              AND n.version > g.version);

-- `watched`: it is screened again when something changes, because it is active (a course that has not ended) or its version has an
-- open order (the newest is named).
CREATE VIEW followed WITH (security_invoker = true) AS
SELECT c.*, c.last_on >= c.today OR c.order_id IS NOT NULL AS watched FROM courses c;
CREATE VIEW watched WITH (security_invoker = true) AS SELECT * FROM followed WHERE watched;

-- What has to be screened again, written with the change that asks for it. Patients from after_patient_id on (which moves with
-- the work, so that another goes on where one fell over) up to until_patient_id.
CREATE TABLE rescreen_jobs (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    cause text NOT NULL CONSTRAINT rescreen_jobs_cause_known CHECK (cause IN ('patient', 'rule_book', 'day')),
    why text NOT NULL,
    after_patient_id bigint NOT NULL,
    until_patient_id bigint NOT NULL,
    made_by bigint,
    made_at timestamptz NOT NULL DEFAULT now(),
    made_in xid8 NOT NULL DEFAULT pg_current_xact_id(), -- a rule book read without seeing this transaction is too old for it
    screened bigint NOT NULL DEFAULT 0,
    raised bigint NOT NULL DEFAULT 0,
    gone bigint NOT NULL DEFAULT 0,
    tries integer NOT NULL DEFAULT 0,
    not_before timestamptz NOT NULL DEFAULT now(),
    failure text,
    finished_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT rescreen_jobs_made_by FOREIGN KEY (shop_id, made_by) REFERENCES users,
    CONSTRAINT rescreen_jobs_progress CHECK (after_patient_id <= until_patient_id)
) WITH (fillfactor = 70);
CREATE INDEX rescreen_jobs_open ON rescreen_jobs (shop_id, id) WHERE finished_at IS NULL;
CREATE INDEX rescreen_jobs_by_day ON rescreen_jobs (shop_id, made_at) WHERE cause = 'day';
CREATE INDEX rescreen_jobs_rule_book ON rescreen_jobs (shop_id, made_at) WHERE cause = 'rule_book';

-- How a piece of work ended; by_hand: a person says so, the others the service says by itself.
CREATE TABLE work_outcomes (
    code text PRIMARY KEY,
    english text NOT NULL,
    by_hand boolean NOT NULL
);
INSERT INTO work_outcomes (code, english, by_hand) VALUES
    ('patient_advised', 'The patient was told what to do', true),
    ('patient_not_reached', 'The patient could not be reached; a message was left', true),
    ('prescriber_informed', 'The prescriber was told and decides', true),
    ('formula_changed', 'The formula was changed', true),
    ('formula_stopped', 'The patient stops the formula', true),
    ('medicine_checked', 'The other medicine''s prescriber was asked and agrees', true),
    ('no_action_needed', 'Looked at; nothing has to be done', true),
    ('answered', 'The finding was answered', false),
    ('cause_gone', 'What raised it is gone', false),
    ('course_ended', 'The patient has taken the last of it', false);

-- A finding that was not there when the version was last screened, for a person to deal with.
CREATE TABLE work_items (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    patient_id bigint NOT NULL,
    prescription_id bigint NOT NULL,
    version integer NOT NULL,
    order_id bigint,
    screening_id bigint NOT NULL,
    finding_no integer NOT NULL,
    finding_key bigint NOT NULL,
    severity severity NOT NULL,
    why text NOT NULL,
    raised_at timestamptz NOT NULL DEFAULT now(),
    taken_by bigint,
    taken_at timestamptz,
    done_by bigint,
    done_at timestamptz,
    outcome text,
    note text NOT NULL DEFAULT '' CONSTRAINT work_items_note_length CHECK (length(note) <= 1000),
    state text NOT NULL GENERATED ALWAYS AS (CASE WHEN outcome IS NOT NULL THEN 'done' WHEN taken_by IS NOT NULL THEN 'taken'
                                                  ELSE 'open' END) STORED,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT work_items_version FOREIGN KEY (shop_id, prescription_id, version) REFERENCES prescription_versions,
    CONSTRAINT work_items_patient FOREIGN KEY (shop_id, prescription_id, patient_id)
        REFERENCES prescriptions (shop_id, id, patient_id),
    CONSTRAINT work_items_order FOREIGN KEY (shop_id, order_id, prescription_id, version)
        REFERENCES orders (shop_id, id, prescription_id, version),
    CONSTRAINT work_items_finding FOREIGN KEY (shop_id, screening_id, finding_no) REFERENCES findings,
    CONSTRAINT work_items_outcome FOREIGN KEY (outcome) REFERENCES work_outcomes,
    CONSTRAINT work_items_taken_by FOREIGN KEY (shop_id, taken_by) REFERENCES users,
    CONSTRAINT work_items_done_by FOREIGN KEY (shop_id, done_by) REFERENCES users,
    CONSTRAINT work_items_taken CHECK ((taken_by IS NULL) = (taken_at IS NULL)),
    CONSTRAINT work_items_done CHECK ((outcome IS NULL) = (done_at IS NULL)),
    CONSTRAINT work_items_done_by_hand CHECK (outcome IN ('answered', 'cause_gone', 'course_ended')
                                              OR outcome IS NULL AND done_by IS NULL OR done_by = taken_by)
) WITH (fillfactor = 80);
-- The same finding of the same version waits once.
CREATE UNIQUE INDEX work_items_once ON work_items (shop_id, prescription_id, version, finding_key) WHERE outcome IS NULL;
CREATE INDEX work_items_open ON work_items (shop_id, id) WHERE outcome IS NULL;
CREATE INDEX work_items_by_patient ON work_items (shop_id, patient_id);

-- Whether a screening may still be stood on: it saw the patient as she is, no later one of its version is there, and the rule
-- book has not changed since.
CREATE FUNCTION screening_is_current(p_shop_id bigint, p_screening_id bigint) RETURNS boolean LANGUAGE sql STABLE
    RETURN EXISTS (SELECT FROM screenings s JOIN patients p ON p.shop_id = s.shop_id AND p.id = s.patient_id
                    WHERE s.shop_id = p_shop_id AND s.id = p_screening_id AND s.profile_version = p.profile_version
                      AND NOT EXISTS (SELECT FROM screenings n
                                       WHERE n.shop_id = s.shop_id AND n.prescription_id = s.prescription_id
                                         AND n.version = s.version AND n.id > s.id)
                      AND NOT EXISTS (SELECT FROM rescreen_jobs j WHERE j.shop_id = s.shop_id AND j.cause = 'rule_book'
                                                                    AND j.made_at > s.made_at));

-- A screening lets one order out of the shop: a refill is screened anew, and its answers are read again.
ALTER TABLE releases ADD CONSTRAINT releases_screening_once UNIQUE (shop_id, screening_id);

CREATE POLICY refill_screened ON orders AS RESTRICTIVE FOR INSERT WITH CHECK (NOT EXISTS (
    SELECT FROM releases r
     WHERE r.shop_id = orders.shop_id AND r.prescription_id = orders.prescription_id AND r.version = orders.version
       AND r.screening_id = (SELECT max(s.id) FROM screenings s
                              WHERE s.shop_id = r.shop_id AND s.prescription_id = r.prescription_id AND s.version = r.version)));

-- The hand-over stands on a screening as the release does: all critical findings answered, all answers read by a pharmacist.
-- Those made before this day stood on the release's.
ALTER TABLE handovers
    ADD COLUMN prescription_id bigint,
    ADD COLUMN version integer,
    ADD COLUMN screening_id bigint,
    DROP CONSTRAINT handovers_release;
UPDATE handovers h SET prescription_id = r.prescription_id, version = r.version, screening_id = r.screening_id
  FROM releases r WHERE r.shop_id = h.shop_id AND r.order_id = h.order_id;
ALTER TABLE handovers
    ALTER COLUMN prescription_id SET NOT NULL,
    ALTER COLUMN version SET NOT NULL,
    ALTER COLUMN screening_id SET NOT NULL,
    ADD COLUMN last_answer_no integer GENERATED ALWAYS AS (nullif(critical_count, 0)) STORED,
    ADD CONSTRAINT handovers_order FOREIGN KEY (shop_id, order_id, prescription_id, version)
        REFERENCES orders (shop_id, id, prescription_id, version),
    ADD CONSTRAINT handovers_screening FOREIGN KEY (shop_id, screening_id, prescription_id, version)
        REFERENCES screenings (shop_id, id, prescription_id, version),
    ADD CONSTRAINT handovers_screening_count FOREIGN KEY (shop_id, screening_id, critical_count)
        REFERENCES screenings (shop_id, id, critical_count) NOT VALID,
    ADD CONSTRAINT handovers_all_acknowledged FOREIGN KEY (shop_id, screening_id, last_answer_no) REFERENCES acknowledgements;

DROP POLICY latest_screening ON signatures;
CREATE POLICY latest_screening ON signatures AS RESTRICTIVE FOR INSERT
    WITH CHECK (screening_is_current(shop_id, screening_id));
CREATE POLICY latest_screening ON releases AS RESTRICTIVE FOR INSERT WITH CHECK (screening_is_current(shop_id, screening_id));
CREATE POLICY latest_screening ON handovers AS RESTRICTIVE FOR INSERT WITH CHECK (screening_is_current(shop_id, screening_id));

-- Asks for everything a shop's patients take to be screened again, in pieces that several services can share.
CREATE FUNCTION rescreen_all(p_shop_id bigint, p_cause text, p_why text, p_by bigint) RETURNS bigint LANGUAGE sql AS $$
    WITH last AS (
        SELECT coalesce(max(id), 0) AS id FROM patients WHERE shop_id = p_shop_id
    ), made AS (
        INSERT INTO rescreen_jobs (shop_id, cause, why, after_patient_id, until_patient_id, made_by)
        SELECT p_shop_id, p_cause, p_why, n, least(n + 10000, last.id), p_by
          FROM last CROSS JOIN generate_series(0, greatest(last.id - 1, 0), 10000) n
        RETURNING id
    )
    SELECT count(*) FROM made, pg_notify('rescreen', '')
$$;

-- Shops with something to screen again now, those where a patient's change waits first: the background thread has no shop of its
-- own.
CREATE FUNCTION rescreen_due() RETURNS TABLE (id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT shop_id FROM rescreen_jobs WHERE finished_at IS NULL AND not_before <= now()
     GROUP BY shop_id ORDER BY bool_and(cause <> 'patient'), random()
$$;
REVOKE ALL ON FUNCTION rescreen_due FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rescreen_due TO yaofang_app;

-- Once a day (the shop's own) everything is screened again: people grow older, effects wear off, operations come near, rules come
-- into force. Whichever service asks first has it done; the lock keeps two from asking at once.
CREATE FUNCTION rescreen_days() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(sum(rescreen_all(s.id, 'day', 'a new day', NULL)), 0)
      FROM shops s
     WHERE NOT EXISTS (SELECT FROM rescreen_jobs j WHERE j.shop_id = s.id AND j.cause = 'day'
                          AND (j.made_at AT TIME ZONE s.time_zone)::date >= (now() AT TIME ZONE s.time_zone)::date)
       AND pg_try_advisory_xact_lock(7266845, hashint8(s.id))
$$;
REVOKE ALL ON FUNCTION rescreen_days FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rescreen_days TO yaofang_app;

ALTER TABLE shop_tiers ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON shop_tiers USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
ALTER TABLE rescreen_jobs ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON rescreen_jobs USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
ALTER TABLE work_items ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON work_items USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
CREATE POLICY finished ON work_items AS RESTRICTIVE FOR UPDATE USING (outcome IS NULL) WITH CHECK (true);
GRANT SELECT ON tiers, shop_tiers, rescreen_jobs, work_outcomes, work_items, courses, followed, watched TO yaofang_app, yaofang_read;
GRANT INSERT, UPDATE (tier, changed_by, changed_at) ON shop_tiers TO yaofang_app;
GRANT INSERT, UPDATE (after_patient_id, screened, raised, gone, tries, not_before, failure, finished_at) ON rescreen_jobs
    TO yaofang_app;
GRANT INSERT, UPDATE (order_id, taken_by, taken_at, done_by, done_at, outcome, note) ON work_items TO yaofang_app;

-- How loudly a finding is shown to that role at that moment in that shop.
CREATE FUNCTION tier_for(p_shop_id bigint, p_role text, p_moment text, p_severity text) RETURNS text LANGUAGE sql STABLE
    RETURN coalesce((SELECT s.tier FROM shop_tiers s WHERE s.shop_id = p_shop_id AND s.role = p_role AND s.moment = p_moment
                                                       AND s.severity = p_severity),
                    (SELECT t.tier FROM tiers t WHERE t.role = p_role AND t.moment = p_moment AND t.severity = p_severity
                                                  AND t.retired_at IS NULL), 'list');

-- The tiers of the reference (shop_id 0) and all shops' own: for the service, which screens what is typed without asking a database.
CREATE FUNCTION tiers_of_all() RETURNS TABLE (shop_id bigint, role text, moment text, severity text, tier text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT 0::bigint, t.role, t.moment::text, t.severity::text, t.tier::text FROM tiers t WHERE t.retired_at IS NULL
    UNION ALL
    SELECT s.shop_id, s.role, s.moment::text, s.severity::text, s.tier::text FROM shop_tiers s WHERE s.tier IS NOT NULL
$$;
REVOKE ALL ON FUNCTION tiers_of_all FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tiers_of_all TO yaofang_app;
