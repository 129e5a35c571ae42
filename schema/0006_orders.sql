-- An order's way: entered from a signed version, allocated, released, weighed, checked, handed over. Each step is a row that
-- is only ever added and that refers to the step before it, so none can be skipped; orders.state follows them.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE orders (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    prescription_id bigint NOT NULL,
    version integer NOT NULL,
    patient_id bigint NOT NULL,
    state text NOT NULL DEFAULT 'entered' CONSTRAINT orders_state_known
        CHECK (state IN ('entered', 'allocated', 'released', 'weighed', 'checked', 'handed_over', 'cancelled')),
    payment text NOT NULL DEFAULT 'unpaid' CONSTRAINT orders_payment_known CHECK (payment IN ('unpaid', 'vouched', 'paid')),
    allocation_no integer, -- the allocation that counts; NULL when nothing is reserved
    course_ends_on date,
    created_by bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- A state may only be reached once its row exists: these are the order's own id from that state on, else NULL.
    released_id bigint GENERATED ALWAYS AS
        (CASE WHEN state IN ('released', 'weighed', 'checked', 'handed_over') THEN id END) STORED,
    checked_id bigint GENERATED ALWAYS AS (CASE WHEN state IN ('checked', 'handed_over') THEN id END) STORED,
    handed_over_id bigint GENERATED ALWAYS AS (CASE WHEN state = 'handed_over' THEN id END) STORED,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT orders_version_once UNIQUE (shop_id, id, prescription_id, version),
    CONSTRAINT orders_allocated CHECK (allocation_no IS NOT NULL OR state IN ('entered', 'cancelled')),
    CONSTRAINT orders_signed FOREIGN KEY (shop_id, prescription_id, version) REFERENCES signatures,
    CONSTRAINT orders_patient FOREIGN KEY (shop_id, prescription_id, patient_id)
        REFERENCES prescriptions (shop_id, id, patient_id),
    CONSTRAINT orders_created_by FOREIGN KEY (shop_id, created_by) REFERENCES users
) WITH (fillfactor = 80);
CREATE INDEX orders_by_state ON orders (shop_id, state, id);
CREATE INDEX orders_by_patient ON orders (shop_id, patient_id);
ALTER TABLE stock_moves ADD CONSTRAINT stock_moves_order FOREIGN KEY (shop_id, order_id) REFERENCES orders;

-- One line per prescribed herb: the item that fills it and how much of that item (crude grams by the item's ratio).
CREATE TABLE order_lines (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    line_no integer NOT NULL,
    herb_id slug NOT NULL REFERENCES herbs,
    item_id bigint NOT NULL,
    crude_mg bigint NOT NULL CHECK (crude_mg > 0),
    quantity bigint NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (shop_id, order_id, line_no),
    CONSTRAINT order_lines_order FOREIGN KEY (shop_id, order_id) REFERENCES orders,
    CONSTRAINT order_lines_item FOREIGN KEY (shop_id, item_id) REFERENCES items
);

CREATE TABLE order_events (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    order_id bigint NOT NULL,
    event text NOT NULL,
    state text NOT NULL,
    note text NOT NULL DEFAULT '',
    user_id bigint,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT order_events_order FOREIGN KEY (shop_id, order_id) REFERENCES orders,
    CONSTRAINT order_events_user FOREIGN KEY (shop_id, user_id) REFERENCES users
);
CREATE INDEX order_events_by_order ON order_events (shop_id, order_id, id);

-- One go at reserving lots for an order; a later go has the next number. tolerance_permille is the shop's at that moment.
CREATE TABLE allocations (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    allocation_no integer NOT NULL CHECK (allocation_no >= 1),
    course_ends_on date NOT NULL,
    tolerance_permille integer NOT NULL,
    expires_at timestamptz NOT NULL,
    allocated_by bigint NOT NULL,
    allocated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, allocation_no),
    CONSTRAINT allocations_tolerance_once UNIQUE (shop_id, order_id, allocation_no, tolerance_permille),
    CONSTRAINT allocations_order FOREIGN KEY (shop_id, order_id) REFERENCES orders,
    CONSTRAINT allocations_allocated_by FOREIGN KEY (shop_id, allocated_by) REFERENCES users
);
ALTER TABLE orders ADD CONSTRAINT orders_allocation FOREIGN KEY (shop_id, id, allocation_no) REFERENCES allocations;

-- What is set aside. It counts against a lot while ended_at is NULL and expires_at is ahead.
CREATE TABLE reservations (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    allocation_no integer NOT NULL,
    line_no integer NOT NULL,
    lot_id bigint NOT NULL,
    location_id bigint NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (shop_id, order_id, allocation_no, line_no, lot_id, location_id),
    CONSTRAINT reservations_quantity_once
        UNIQUE (shop_id, order_id, allocation_no, line_no, lot_id, location_id, quantity),
    CONSTRAINT reservations_allocation FOREIGN KEY (shop_id, order_id, allocation_no) REFERENCES allocations,
    CONSTRAINT reservations_line FOREIGN KEY (shop_id, order_id, line_no) REFERENCES order_lines,
    CONSTRAINT reservations_balance FOREIGN KEY (shop_id, lot_id, location_id) REFERENCES balances
);
CREATE INDEX reservations_active ON reservations (shop_id, lot_id, location_id) WHERE ended_at IS NULL;

-- Why another lot of the same item was not taken (PRODUCT law 10).
CREATE TABLE allocation_passed_over (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    allocation_no integer NOT NULL,
    line_no integer NOT NULL,
    lot_id bigint NOT NULL,
    reason text NOT NULL CHECK (reason IN ('expired', 'expires_before_course_ends', 'quarantined', 'held', 'recalled',
                                           'reserved_elsewhere', 'not_needed')),
    PRIMARY KEY (shop_id, order_id, allocation_no, line_no, lot_id),
    CONSTRAINT allocation_passed_over_allocation FOREIGN KEY (shop_id, order_id, allocation_no) REFERENCES allocations,
    CONSTRAINT allocation_passed_over_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots
);

-- A pharmacist lets the order go to the bench. Impossible while a critical finding is unanswered or an answer unread: see 0004.
CREATE TABLE releases (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    prescription_id bigint NOT NULL,
    version integer NOT NULL,
    screening_id bigint NOT NULL,
    critical_count integer NOT NULL,
    last_answer_no integer GENERATED ALWAYS AS (nullif(critical_count, 0)) STORED,
    released_by bigint NOT NULL,
    released_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id),
    CONSTRAINT releases_order FOREIGN KEY (shop_id, order_id, prescription_id, version)
        REFERENCES orders (shop_id, id, prescription_id, version),
    CONSTRAINT releases_screening FOREIGN KEY (shop_id, screening_id, prescription_id, version)
        REFERENCES screenings (shop_id, id, prescription_id, version),
    CONSTRAINT releases_screening_count FOREIGN KEY (shop_id, screening_id, critical_count)
        REFERENCES screenings (shop_id, id, critical_count),
    CONSTRAINT releases_all_acknowledged FOREIGN KEY (shop_id, screening_id, last_answer_no) REFERENCES acknowledgements,
    CONSTRAINT releases_released_by FOREIGN KEY (shop_id, released_by) REFERENCES users
);

-- The one person who weighs an order. Every weighing and the final check refer to this row, so "the filler" has one meaning.
CREATE TABLE order_fillers (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    filler_id bigint NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id),
    CONSTRAINT order_fillers_once UNIQUE (shop_id, order_id, filler_id),
    CONSTRAINT order_fillers_release FOREIGN KEY (shop_id, order_id) REFERENCES releases,
    CONSTRAINT order_fillers_filler FOREIGN KEY (shop_id, filler_id) REFERENCES users
);

-- What was really weighed of a reserved lot. Outside the tolerance only with another person's approval.
CREATE TABLE weighings (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    allocation_no integer NOT NULL,
    line_no integer NOT NULL,
    lot_id bigint NOT NULL,
    location_id bigint NOT NULL,
    planned bigint NOT NULL,
    weighed bigint NOT NULL CONSTRAINT weighings_weighed CHECK (weighed BETWEEN 1 AND 100000000000),
    tolerance_permille integer NOT NULL,
    weighed_by bigint NOT NULL,
    approved_by bigint,
    weighed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, allocation_no, line_no, lot_id, location_id),
    CONSTRAINT weighings_within_tolerance
        CHECK (approved_by IS NOT NULL OR abs(weighed - planned) * 1000 <= planned * tolerance_permille),
    CONSTRAINT weighings_second_person CHECK (approved_by <> weighed_by),
    CONSTRAINT weighings_reservation FOREIGN KEY (shop_id, order_id, allocation_no, line_no, lot_id, location_id, planned)
        REFERENCES reservations (shop_id, order_id, allocation_no, line_no, lot_id, location_id, quantity),
    CONSTRAINT weighings_tolerance FOREIGN KEY (shop_id, order_id, allocation_no, tolerance_permille)
        REFERENCES allocations (shop_id, order_id, allocation_no, tolerance_permille),
    CONSTRAINT weighings_one_filler FOREIGN KEY (shop_id, order_id, weighed_by)
        REFERENCES order_fillers (shop_id, order_id, filler_id),
    CONSTRAINT weighings_approved_by FOREIGN KEY (shop_id, approved_by) REFERENCES users
);

-- The final check by somebody else (PRODUCT law 8), or by the same person after the delay of a recorded single-person mode.
CREATE TABLE final_checks (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    filler_id bigint NOT NULL,
    checker_id bigint NOT NULL,
    single_person_mode_id bigint,
    second_look_from timestamptz,
    total_weighed bigint NOT NULL CHECK (total_weighed > 0),
    beyond_use_on date,
    note text NOT NULL DEFAULT '',
    checked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id),
    CONSTRAINT final_checks_two_people CHECK (checker_id <> filler_id OR (single_person_mode_id IS NOT NULL
        AND second_look_from IS NOT NULL AND checked_at >= second_look_from)),
    CONSTRAINT final_checks_filler FOREIGN KEY (shop_id, order_id, filler_id)
        REFERENCES order_fillers (shop_id, order_id, filler_id),
    CONSTRAINT final_checks_checker FOREIGN KEY (shop_id, checker_id) REFERENCES users,
    CONSTRAINT final_checks_mode FOREIGN KEY (shop_id, single_person_mode_id) REFERENCES single_person_modes
);

CREATE TABLE handovers (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    handed_by bigint NOT NULL,
    received_by text NOT NULL CONSTRAINT handovers_received_by_length CHECK (length(received_by) BETWEEN 1 AND 120),
    counselled boolean NOT NULL,
    handed_over_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id),
    CONSTRAINT handovers_checked FOREIGN KEY (shop_id, order_id) REFERENCES final_checks,
    CONSTRAINT handovers_handed_by FOREIGN KEY (shop_id, handed_by) REFERENCES users
);

ALTER TABLE orders
    ADD CONSTRAINT orders_released FOREIGN KEY (shop_id, released_id) REFERENCES releases,
    ADD CONSTRAINT orders_checked FOREIGN KEY (shop_id, checked_id) REFERENCES final_checks,
    ADD CONSTRAINT orders_handed_over FOREIGN KEY (shop_id, handed_over_id) REFERENCES handovers;

-- What was printed stays as printed (PRODUCT law 9); reprints have the next copy number.
CREATE TABLE printed_labels (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    kind text NOT NULL,
    copy_no integer NOT NULL CHECK (copy_no >= 1),
    content jsonb NOT NULL,
    printed_by bigint,
    printed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, kind, copy_no),
    CONSTRAINT printed_labels_order FOREIGN KEY (shop_id, order_id) REFERENCES orders,
    CONSTRAINT printed_labels_printed_by FOREIGN KEY (shop_id, printed_by) REFERENCES users
);
