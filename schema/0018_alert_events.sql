-- The alert budget: what became of every finding, for each rule and role. Added only: an event is never changed or taken back.
-- And findings say whether the rule behind them is the reference's or the shop's own.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE findings ADD COLUMN rule_origin text NOT NULL DEFAULT 'reference'
    CONSTRAINT findings_rule_origin CHECK (rule_origin IN ('reference', 'shop'));

-- What tells two findings of one rule apart: their two sides, as understood, else as typed.
CREATE FUNCTION finding_about(subject_id text, subject_typed text, object_id text, object_typed text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN left(coalesce(nullif(subject_id, ''), subject_typed) || ' × ' || coalesce(nullif(object_id, ''), object_typed), 400);

CREATE TABLE alert_events (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    rule_id text NOT NULL,           -- a reference rule, a general rule or a rule of the shop
    rule_version integer NOT NULL,
    rule_origin text NOT NULL CONSTRAINT alert_events_origin_known CHECK (rule_origin IN ('reference', 'shop')),
    finding_kind text NOT NULL,
    severity severity NOT NULL,
    about text NOT NULL CONSTRAINT alert_events_about_length CHECK (length(about) <= 400),
    role text NOT NULL CONSTRAINT alert_events_role_known
        CHECK (role IN ('practitioner', 'pharmacist', 'staff', 'curator', 'admin', 'system')),
    moment text NOT NULL CONSTRAINT alert_events_moment_known
        CHECK (moment IN ('add', 'sign', 'release', 'handover', 'refill', 'lookup')),
    what text NOT NULL CONSTRAINT alert_events_what_known CHECK (what IN ('shown', 'heeded', 'overridden')),
    -- What the finding was about to stop: "prescription 12 version 1", "order 7", the number of a CDS card. However often the page is
    -- looked at, a finding counts once for each role, moment and occasion.
    occasion text NOT NULL CONSTRAINT alert_events_occasion_length CHECK (length(occasion) BETWEEN 1 AND 200),
    reason text NOT NULL DEFAULT '' -- a code; a system that overrides over CDS Hooks may leave it out
        CONSTRAINT alert_events_reason_length CHECK (length(reason) <= 100),
    note text NOT NULL DEFAULT '' CONSTRAINT alert_events_note_length CHECK (length(note) <= 1000),
    source text NOT NULL CONSTRAINT alert_events_source_known CHECK (source IN ('page', 'api', 'cds', 'command', 'service')),
    prescription_id bigint,
    order_id bigint,
    user_id bigint, -- NULL: another system, which names nobody, or the service itself
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT alert_events_once UNIQUE (shop_id, occasion, moment, role, what, rule_id, rule_origin, rule_version, about),
    CONSTRAINT alert_events_reason_of_override CHECK (what = 'overridden' OR (reason = '' AND note = '')),
    CONSTRAINT alert_events_prescription FOREIGN KEY (shop_id, prescription_id) REFERENCES prescriptions,
    CONSTRAINT alert_events_order FOREIGN KEY (shop_id, order_id) REFERENCES orders,
    CONSTRAINT alert_events_user FOREIGN KEY (shop_id, user_id) REFERENCES users
);
CREATE INDEX alert_events_by_rule ON alert_events (shop_id, rule_id, at);
CREATE INDEX alert_events_by_time ON alert_events (shop_id, at);

ALTER TABLE alert_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON alert_events USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
GRANT SELECT ON alert_events TO yaofang_app, yaofang_read;
-- When it happened is not for the one who writes it to say.
GRANT INSERT (shop_id, rule_id, rule_version, rule_origin, finding_kind, severity, about, role, moment, what, occasion, reason,
              note, source, prescription_id, order_id, user_id) ON alert_events TO yaofang_app;
