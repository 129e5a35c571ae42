-- The paper a prescriber signs, counted like a label; and what papers that are not an order's were let through without.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE printed_prescriptions (
    shop_id bigint NOT NULL,
    prescription_id bigint NOT NULL,
    kind text NOT NULL,
    copy_no integer NOT NULL CHECK (copy_no >= 1),
    content jsonb NOT NULL,
    printed_by bigint,
    printed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, prescription_id, kind, copy_no),
    CONSTRAINT printed_prescriptions_prescription FOREIGN KEY (shop_id, prescription_id) REFERENCES prescriptions,
    CONSTRAINT printed_prescriptions_printed_by FOREIGN KEY (shop_id, printed_by) REFERENCES users
);

CREATE TABLE paper_overrides (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    prescription_id bigint,
    ticket_id bigint,
    kind text NOT NULL,
    profile_id slug NOT NULL,
    field slug NOT NULL,
    fault text NOT NULL CHECK (fault IN ('missing', 'too_small', 'wrong_language')),
    reason text NOT NULL CONSTRAINT paper_overrides_reason REFERENCES label_override_reasons,
    note text NOT NULL CONSTRAINT paper_overrides_note_length CHECK (length(note) BETWEEN 3 AND 400),
    overridden_by bigint,
    overridden_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT paper_overrides_about CHECK (num_nonnulls(prescription_id, ticket_id) = 1),
    CONSTRAINT paper_overrides_prescription FOREIGN KEY (shop_id, prescription_id) REFERENCES prescriptions,
    CONSTRAINT paper_overrides_ticket FOREIGN KEY (shop_id, ticket_id) REFERENCES tickets,
    CONSTRAINT paper_overrides_by FOREIGN KEY (shop_id, overridden_by) REFERENCES users
);
CREATE INDEX paper_overrides_of_prescription ON paper_overrides (shop_id, prescription_id) WHERE prescription_id IS NOT NULL;
CREATE INDEX paper_overrides_of_ticket ON paper_overrides (shop_id, ticket_id) WHERE ticket_id IS NOT NULL;

DO $$
DECLARE
    owned regclass;
BEGIN
    FOREACH owned IN ARRAY ARRAY['printed_prescriptions', 'paper_overrides']::regclass[] LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %s USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())', owned);
        EXECUTE format('GRANT SELECT ON %s TO yaofang_app, yaofang_read', owned);
        EXECUTE format('GRANT INSERT ON %s TO yaofang_app', owned);
    END LOOP;
END
$$;
