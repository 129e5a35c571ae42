-- Decoction in the shop: the schemes (reference), the shop's machines, and for each order its own run: two orders never share one.
-- An order that the shop decocts has no final check without a finished run: final_checks refers to it.
SET LOCAL ROLE yaofang_owner;

-- Who boils the herbs of a form: the patient at home, the shop, or (NULL) nobody.
ALTER TABLE dosage_forms ADD COLUMN decocted text CHECK (decocted IN ('patient', 'shop'));

-- How to decoct, by what the formula is for. water_ml_per_100g is for both boils together, what the herbs soak up among it.
CREATE TABLE decoction_schemes (
    id slug,
    english text NOT NULL,
    hanzi text NOT NULL,
    hanzi_traditional text NOT NULL,
    used_for text NOT NULL,
    soak_minutes integer NOT NULL CHECK (soak_minutes BETWEEN 0 AND 240),
    water_ml_per_100g integer NOT NULL CHECK (water_ml_per_100g BETWEEN 100 AND 5000),
    first_boil_minutes integer NOT NULL CHECK (first_boil_minutes BETWEEN 1 AND 240),
    second_boil_minutes integer NOT NULL CHECK (second_boil_minutes BETWEEN 0 AND 240), -- 0: boiled once
    decoct_first_minutes integer NOT NULL CHECK (decoct_first_minutes BETWEEN 0 AND 240),
    add_late_minutes integer NOT NULL CHECK (add_late_minutes BETWEEN 0 AND 60), -- before the end
    verified verified NOT NULL,
    source text NOT NULL,
    confidence confidence NOT NULL,
    version integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    PRIMARY KEY (id)
);

CREATE TABLE decoction_machines (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    code text NOT NULL CONSTRAINT decoction_machines_code_length CHECK (length(code) BETWEEN 1 AND 40),
    name text NOT NULL CONSTRAINT decoction_machines_name_length CHECK (length(name) BETWEEN 1 AND 120),
    capacity_ml integer NOT NULL CONSTRAINT decoction_machines_capacity CHECK (capacity_ml BETWEEN 100 AND 200000),
    added_by bigint NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    retired_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT decoction_machines_code_unique UNIQUE (shop_id, code),
    CONSTRAINT decoction_machines_facts_once UNIQUE (shop_id, id, capacity_ml),
    CONSTRAINT decoction_machines_added_by FOREIGN KEY (shop_id, added_by) REFERENCES users
);

-- The shop decocts an order when its form says so, or it was asked to. Fixed when the order is entered.
ALTER TABLE orders
    ADD COLUMN decocts boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT orders_decocts_facts_once UNIQUE (shop_id, id, decocts);
CREATE POLICY decocted_form ON orders AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM prescription_versions v JOIN dosage_forms d ON d.id = v.dosage_form
             WHERE v.shop_id = orders.shop_id AND v.prescription_id = orders.prescription_id AND v.version = orders.version
               AND CASE d.decocted WHEN 'shop' THEN orders.decocts WHEN 'patient' THEN true ELSE NOT orders.decocts END));

-- One run of a machine for one order. What came out of it is written when it ends, and then nothing any more. Two milliliters do not
-- come out of one that went in, and no pot is done before its own minutes are over.
CREATE TABLE decoction_runs (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    run_no integer NOT NULL CHECK (run_no >= 1),
    previous_run_no integer GENERATED ALWAYS AS (nullif(run_no - 1, 0)) STORED,
    decocts boolean NOT NULL DEFAULT true CONSTRAINT decoction_runs_decocts CHECK (decocts),
    scheme_id slug NOT NULL CONSTRAINT decoction_runs_scheme REFERENCES decoction_schemes,
    machine_id bigint NOT NULL,
    capacity_ml integer NOT NULL,
    herbs_mg bigint NOT NULL CHECK (herbs_mg > 0),
    soak_minutes integer NOT NULL CONSTRAINT decoction_runs_soak CHECK (soak_minutes BETWEEN 0 AND 240),
    water_ml integer NOT NULL CONSTRAINT decoction_runs_water CHECK (water_ml BETWEEN 50 AND capacity_ml),
    first_boil_minutes integer NOT NULL CONSTRAINT decoction_runs_first_boil CHECK (first_boil_minutes BETWEEN 1 AND 240),
    second_boil_minutes integer NOT NULL CONSTRAINT decoction_runs_second_boil CHECK (second_boil_minutes BETWEEN 0 AND 240),
    started_by bigint NOT NULL,
    started_at timestamptz NOT NULL CONSTRAINT decoction_runs_started CHECK (started_at <= noted_at),
    noted_at timestamptz NOT NULL DEFAULT now(),
    ended_by bigint,
    ended_at timestamptz,
    outcome text CONSTRAINT decoction_runs_outcome_known CHECK (outcome IN ('done', 'failed')),
    done boolean GENERATED ALWAYS AS (coalesce(outcome = 'done', false)) STORED,
    bags integer CONSTRAINT decoction_runs_bags CHECK (bags BETWEEN 1 AND 2000),
    bag_ml integer CONSTRAINT decoction_runs_bag CHECK (bag_ml BETWEEN 10 AND 2000),
    note text NOT NULL DEFAULT '' CONSTRAINT decoction_runs_note_length CHECK (length(note) <= 500),
    PRIMARY KEY (shop_id, order_id, run_no),
    CONSTRAINT decoction_runs_facts_once UNIQUE (shop_id, order_id, run_no, done),
    CONSTRAINT decoction_runs_ended CHECK ((outcome IS NULL) = (ended_at IS NULL) AND (outcome IS NULL) = (ended_by IS NULL)),
    CONSTRAINT decoction_runs_filled CHECK ((outcome IS NOT DISTINCT FROM 'done') = (bags IS NOT NULL)
                                            AND (bags IS NULL) = (bag_ml IS NULL)),
    CONSTRAINT decoction_runs_failed_why CHECK (outcome IS DISTINCT FROM 'failed' OR note <> ''),
    CONSTRAINT decoction_runs_volume CHECK (bags::bigint * bag_ml <= water_ml),
    CONSTRAINT decoction_runs_long_enough CHECK (outcome IS DISTINCT FROM 'done'
        OR extract(epoch FROM ended_at - started_at) >= 60 * (soak_minutes + first_boil_minutes + second_boil_minutes)),
    CONSTRAINT decoction_runs_order FOREIGN KEY (shop_id, order_id, decocts) REFERENCES orders (shop_id, id, decocts),
    CONSTRAINT decoction_runs_previous FOREIGN KEY (shop_id, order_id, previous_run_no) REFERENCES decoction_runs,
    CONSTRAINT decoction_runs_machine FOREIGN KEY (shop_id, machine_id, capacity_ml)
        REFERENCES decoction_machines (shop_id, id, capacity_ml),
    CONSTRAINT decoction_runs_started_by FOREIGN KEY (shop_id, started_by) REFERENCES users,
    CONSTRAINT decoction_runs_ended_by FOREIGN KEY (shop_id, ended_by) REFERENCES users
);
CREATE UNIQUE INDEX decoction_runs_machine_busy ON decoction_runs (shop_id, machine_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX decoction_runs_order_busy ON decoction_runs (shop_id, order_id) WHERE ended_at IS NULL;

ALTER TABLE final_checks
    ADD COLUMN decocts boolean NOT NULL DEFAULT false,
    ADD COLUMN run_no integer,
    ADD COLUMN run_done boolean GENERATED ALWAYS AS (CASE WHEN run_no IS NOT NULL THEN true END) STORED,
    ADD CONSTRAINT final_checks_decocted CHECK (NOT decocts OR run_no IS NOT NULL),
    ADD CONSTRAINT final_checks_decocts FOREIGN KEY (shop_id, order_id, decocts) REFERENCES orders (shop_id, id, decocts),
    ADD CONSTRAINT final_checks_run FOREIGN KEY (shop_id, order_id, run_no, run_done)
        REFERENCES decoction_runs (shop_id, order_id, run_no, done);

-- What has been in the pot is not put back into the drawer: it is wasted.
CREATE POLICY not_decocted ON orders AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (
    state <> 'cancelled' OR NOT EXISTS (SELECT FROM decoction_runs r WHERE r.shop_id = orders.shop_id AND r.order_id = orders.id));

DO $$
DECLARE
    owned text;
BEGIN
    FOREACH owned IN ARRAY ARRAY['decoction_machines', 'decoction_runs'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %I USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())', owned);
        EXECUTE format('GRANT SELECT ON %I TO yaofang_app, yaofang_read', owned);
    END LOOP;
END
$$;
GRANT SELECT ON decoction_schemes TO yaofang_app, yaofang_read;
GRANT INSERT, UPDATE (retired_at) ON decoction_machines TO yaofang_app;
GRANT INSERT, UPDATE (ended_by, ended_at, outcome, bags, bag_ml, note) ON decoction_runs TO yaofang_app;
CREATE POLICY where_it_belongs ON decoction_runs AS RESTRICTIVE FOR INSERT WITH CHECK (
    holds_role(shop_id, started_by, '{pharmacist,staff}') AND ended_at IS NULL
    AND EXISTS (SELECT FROM orders o WHERE o.shop_id = decoction_runs.shop_id AND o.id = decoction_runs.order_id
                   AND o.state = 'weighed' AND o.stopped_state IS NULL)
    AND EXISTS (SELECT FROM decoction_machines m WHERE m.shop_id = decoction_runs.shop_id AND m.id = decoction_runs.machine_id
                   AND m.retired_at IS NULL)
    AND NOT EXISTS (SELECT FROM decoction_runs r WHERE r.shop_id = decoction_runs.shop_id AND r.order_id = decoction_runs.order_id
                       AND r.done));
CREATE POLICY finished ON decoction_runs AS RESTRICTIVE FOR UPDATE USING (ended_at IS NULL)
    WITH CHECK (holds_role(shop_id, ended_by, '{pharmacist,staff}'));
CREATE POLICY by_role ON decoction_machines AS RESTRICTIVE FOR INSERT WITH CHECK (holds_role(shop_id, added_by, '{pharmacist,admin}'));
