-- Counting while selling goes on, recalls down to the last patient, and batches made ahead with their ingredients' lots behind
-- them. Each step is a row that is only added and refers to the one before; what takes two people says so as a constraint.
SET LOCAL ROLE yaofang_owner;

-- A count: what was counted is compared with the books as they were at the moment of counting, so that selling may go on.
CREATE TABLE counts (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    title text NOT NULL CONSTRAINT counts_title CHECK (length(title) BETWEEN 1 AND 120),
    blind boolean NOT NULL, -- the books are not shown to those who count
    limit_permille integer NOT NULL CONSTRAINT counts_limit_permille CHECK (limit_permille BETWEEN 0 AND 1000),
    limit_cents bigint NOT NULL CONSTRAINT counts_limit_cents CHECK (limit_cents BETWEEN 0 AND 100000000),
    state text NOT NULL DEFAULT 'open' CONSTRAINT counts_state_known CHECK (state IN ('open', 'booked', 'cancelled')),
    created_by bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_by bigint,
    ended_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT counts_limits_once UNIQUE (shop_id, id, limit_permille, limit_cents),
    CONSTRAINT counts_created_by FOREIGN KEY (shop_id, created_by) REFERENCES users,
    CONSTRAINT counts_ended_by FOREIGN KEY (shop_id, ended_by) REFERENCES users
);

-- A lot in a place, on the sheet.
CREATE TABLE count_lines (
    shop_id bigint NOT NULL,
    count_id bigint NOT NULL,
    line_no integer NOT NULL CHECK (line_no >= 1),
    lot_id bigint NOT NULL,
    location_id bigint NOT NULL,
    PRIMARY KEY (shop_id, count_id, line_no),
    CONSTRAINT count_lines_lot_once UNIQUE (shop_id, count_id, lot_id, location_id),
    CONSTRAINT count_lines_count FOREIGN KEY (shop_id, count_id) REFERENCES counts,
    CONSTRAINT count_lines_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots,
    CONSTRAINT count_lines_location FOREIGN KEY (shop_id, location_id) REFERENCES locations
);

-- What was counted, the first time and each time again; the last one counts. `last_move_id` is the newest move of the lot at the
-- moment of counting: moves of a lot are numbered in the order they happen, because stock_book holds the lot. `expected` is what
-- lay there by the books then, less what had been weighed out for orders that were not checked yet.
CREATE TABLE count_entries (
    shop_id bigint NOT NULL,
    count_id bigint NOT NULL,
    line_no integer NOT NULL,
    entry_no integer NOT NULL CHECK (entry_no >= 1),
    previous_entry_no integer GENERATED ALWAYS AS (nullif(entry_no - 1, 0)) STORED,
    counted bigint NOT NULL CONSTRAINT count_entries_counted CHECK (counted BETWEEN 0 AND 100000000000),
    expected bigint NOT NULL,
    weighed_out bigint NOT NULL CHECK (weighed_out >= 0),
    last_move_id bigint NOT NULL,
    counted_by bigint NOT NULL,
    counted_at timestamptz NOT NULL DEFAULT now(),
    entered_by bigint NOT NULL,
    note text NOT NULL DEFAULT '' CONSTRAINT count_entries_note CHECK (length(note) <= 200),
    PRIMARY KEY (shop_id, count_id, line_no, entry_no),
    CONSTRAINT count_entries_counter_once UNIQUE (shop_id, count_id, line_no, entry_no, counted_by),
    CONSTRAINT count_entries_facts_once UNIQUE (shop_id, count_id, line_no, entry_no, counted, expected, counted_by),
    CONSTRAINT count_entries_line FOREIGN KEY (shop_id, count_id, line_no) REFERENCES count_lines,
    CONSTRAINT count_entries_previous FOREIGN KEY (shop_id, count_id, line_no, previous_entry_no) REFERENCES count_entries,
    CONSTRAINT count_entries_counted_by FOREIGN KEY (shop_id, counted_by) REFERENCES users,
    CONSTRAINT count_entries_entered_by FOREIGN KEY (shop_id, entered_by) REFERENCES users
);

-- Another person accepts that this much lies there.
CREATE TABLE count_approvals (
    shop_id bigint NOT NULL,
    count_id bigint NOT NULL,
    line_no integer NOT NULL,
    entry_no integer NOT NULL,
    counted_by bigint NOT NULL,
    approved_by bigint NOT NULL,
    approved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, count_id, line_no, entry_no, approved_by),
    CONSTRAINT count_approvals_another_person CHECK (approved_by <> counted_by),
    CONSTRAINT count_approvals_entry FOREIGN KEY (shop_id, count_id, line_no, entry_no, counted_by)
        REFERENCES count_entries (shop_id, count_id, line_no, entry_no, counted_by),
    CONSTRAINT count_approvals_approved_by FOREIGN KEY (shop_id, approved_by) REFERENCES users
);

-- What was booked of a line. `difference` is what the books had to change by when they were: what other counts had corrected since
-- is not corrected twice. Beyond either limit only with another person's approval, or in a recorded single-person shop.
CREATE TABLE count_bookings (
    shop_id bigint NOT NULL,
    count_id bigint NOT NULL,
    line_no integer NOT NULL,
    entry_no integer NOT NULL,
    counted bigint NOT NULL,
    expected bigint NOT NULL,
    counted_by bigint NOT NULL,
    difference bigint NOT NULL,
    value_cents bigint NOT NULL CHECK (value_cents >= 0),
    limit_permille integer NOT NULL,
    limit_cents bigint NOT NULL,
    approved_by bigint,
    single_person_mode_id bigint,
    booked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, count_id, line_no),
    CONSTRAINT count_bookings_second_person CHECK (approved_by IS NOT NULL OR single_person_mode_id IS NOT NULL
        OR (abs(difference) * 1000 <= expected * limit_permille AND value_cents <= limit_cents)),
    CONSTRAINT count_bookings_entry FOREIGN KEY (shop_id, count_id, line_no, entry_no, counted, expected, counted_by)
        REFERENCES count_entries (shop_id, count_id, line_no, entry_no, counted, expected, counted_by),
    CONSTRAINT count_bookings_limits FOREIGN KEY (shop_id, count_id, limit_permille, limit_cents)
        REFERENCES counts (shop_id, id, limit_permille, limit_cents),
    CONSTRAINT count_bookings_approval FOREIGN KEY (shop_id, count_id, line_no, entry_no, approved_by) REFERENCES count_approvals,
    CONSTRAINT count_bookings_mode FOREIGN KEY (shop_id, single_person_mode_id) REFERENCES single_person_modes
);

-- A recall: its lots with everything made of them. A mock recall does everything but bar the lots.
CREATE TABLE recalls (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    mock boolean NOT NULL,
    reason text NOT NULL CONSTRAINT recalls_reason CHECK (length(reason) BETWEEN 1 AND 500),
    started_by bigint,
    started_at timestamptz NOT NULL DEFAULT now(),
    listed_at timestamptz,  -- when everybody concerned was known
    ended_by bigint,
    ended_at timestamptz,
    ended_note text NOT NULL DEFAULT '' CONSTRAINT recalls_ended_note CHECK (length(ended_note) <= 500),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT recalls_started_by FOREIGN KEY (shop_id, started_by) REFERENCES users,
    CONSTRAINT recalls_ended_by FOREIGN KEY (shop_id, ended_by) REFERENCES users
);
CREATE TABLE recall_lots (
    shop_id bigint NOT NULL,
    recall_id bigint NOT NULL,
    lot_id bigint NOT NULL,
    named boolean NOT NULL, -- false: made of a lot that was named
    status_before text NOT NULL,
    PRIMARY KEY (shop_id, recall_id, lot_id),
    CONSTRAINT recall_lots_recall FOREIGN KEY (shop_id, recall_id) REFERENCES recalls,
    CONSTRAINT recall_lots_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots
);
CREATE INDEX recall_lots_by_lot ON recall_lots (shop_id, lot_id);
-- Each try to reach a patient, and what came of it.
CREATE TABLE recall_calls (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    recall_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    status text NOT NULL CONSTRAINT recall_calls_status_known
        CHECK (status IN ('called', 'no_answer', 'reached', 'returned', 'used_up', 'refused')),
    note text NOT NULL DEFAULT '' CONSTRAINT recall_calls_note CHECK (length(note) <= 500),
    called_by bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT recall_calls_recall FOREIGN KEY (shop_id, recall_id) REFERENCES recalls,
    CONSTRAINT recall_calls_patient FOREIGN KEY (shop_id, patient_id) REFERENCES patients,
    CONSTRAINT recall_calls_called_by FOREIGN KEY (shop_id, called_by) REFERENCES users
);
CREATE INDEX recall_calls_by_patient ON recall_calls (shop_id, recall_id, patient_id, id);

-- A batch made ahead: planned, picked (its ingredients lie in the place 'making'), made, checked by another person. With the check
-- the ingredients turn into the new lot and the loss.
CREATE TABLE batches (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    item_id bigint NOT NULL,
    formula_id slug CONSTRAINT batches_formula REFERENCES formulas,
    lot_code text NOT NULL CONSTRAINT batches_lot_code CHECK (length(lot_code) BETWEEN 1 AND 60),
    planned_quantity bigint NOT NULL CONSTRAINT batches_planned CHECK (planned_quantity BETWEEN 1 AND 100000000000),
    piece_mg bigint NOT NULL CONSTRAINT batches_piece CHECK (piece_mg BETWEEN 1 AND 100000000), -- 1 for what is weighed
    keeps_days integer NOT NULL CONSTRAINT batches_keeps CHECK (keeps_days BETWEEN 1 AND 3660),
    location_id bigint NOT NULL,
    note text NOT NULL DEFAULT '' CONSTRAINT batches_note CHECK (length(note) <= 500),
    state text NOT NULL DEFAULT 'planned' CONSTRAINT batches_state_known
        CHECK (state IN ('planned', 'picked', 'made', 'checked', 'cancelled')),
    planned_by bigint NOT NULL,
    planned_at timestamptz NOT NULL DEFAULT now(),
    made_id bigint GENERATED ALWAYS AS (CASE WHEN state IN ('made', 'checked') THEN id END) STORED,
    checked_id bigint GENERATED ALWAYS AS (CASE WHEN state = 'checked' THEN id END) STORED,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT batches_piece_once UNIQUE (shop_id, id, piece_mg),
    CONSTRAINT batches_item FOREIGN KEY (shop_id, item_id) REFERENCES items,
    CONSTRAINT batches_location FOREIGN KEY (shop_id, location_id) REFERENCES locations,
    CONSTRAINT batches_planned_by FOREIGN KEY (shop_id, planned_by) REFERENCES users
);
CREATE TABLE batch_lines (
    shop_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    line_no integer NOT NULL CHECK (line_no >= 1),
    item_id bigint NOT NULL,
    quantity_mg bigint NOT NULL CONSTRAINT batch_lines_quantity CHECK (quantity_mg BETWEEN 1 AND 100000000000),
    PRIMARY KEY (shop_id, batch_id, line_no),
    CONSTRAINT batch_lines_item_once UNIQUE (shop_id, batch_id, item_id),
    CONSTRAINT batch_lines_batch FOREIGN KEY (shop_id, batch_id) REFERENCES batches,
    CONSTRAINT batch_lines_item FOREIGN KEY (shop_id, item_id) REFERENCES items
);
CREATE TABLE batch_picks (
    shop_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    line_no integer NOT NULL,
    lot_id bigint NOT NULL,
    location_id bigint NOT NULL,
    quantity_mg bigint NOT NULL CHECK (quantity_mg > 0),
    PRIMARY KEY (shop_id, batch_id, line_no, lot_id, location_id),
    CONSTRAINT batch_picks_line FOREIGN KEY (shop_id, batch_id, line_no) REFERENCES batch_lines,
    CONSTRAINT batch_picks_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots,
    CONSTRAINT batch_picks_location FOREIGN KEY (shop_id, location_id) REFERENCES locations
);
CREATE INDEX batch_picks_by_lot ON batch_picks (shop_id, lot_id);
CREATE TABLE batch_makings (
    shop_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    maker_id bigint NOT NULL,
    used_mg bigint NOT NULL CHECK (used_mg > 0),
    yield_quantity bigint NOT NULL CONSTRAINT batch_makings_yield CHECK (yield_quantity > 0),
    piece_mg bigint NOT NULL,
    loss_mg bigint NOT NULL CONSTRAINT batch_makings_loss CHECK (loss_mg >= 0),
    note text NOT NULL DEFAULT '' CONSTRAINT batch_makings_note CHECK (length(note) <= 500),
    made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, batch_id),
    CONSTRAINT batch_makings_maker_once UNIQUE (shop_id, batch_id, maker_id),
    CONSTRAINT batch_makings_balance CHECK (used_mg = yield_quantity * piece_mg + loss_mg),
    CONSTRAINT batch_makings_batch FOREIGN KEY (shop_id, batch_id, piece_mg) REFERENCES batches (shop_id, id, piece_mg),
    CONSTRAINT batch_makings_maker FOREIGN KEY (shop_id, maker_id) REFERENCES users
);
CREATE TABLE batch_checks (
    shop_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    maker_id bigint NOT NULL,
    checker_id bigint NOT NULL,
    single_person_mode_id bigint,
    lot_id bigint NOT NULL,
    note text NOT NULL DEFAULT '' CONSTRAINT batch_checks_note CHECK (length(note) <= 500),
    checked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, batch_id),
    CONSTRAINT batch_checks_lot_once UNIQUE (shop_id, lot_id),
    CONSTRAINT batch_checks_two_people CHECK (checker_id <> maker_id OR single_person_mode_id IS NOT NULL),
    CONSTRAINT batch_checks_making FOREIGN KEY (shop_id, batch_id, maker_id)
        REFERENCES batch_makings (shop_id, batch_id, maker_id),
    CONSTRAINT batch_checks_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots,
    CONSTRAINT batch_checks_checker FOREIGN KEY (shop_id, checker_id) REFERENCES users,
    CONSTRAINT batch_checks_mode FOREIGN KEY (shop_id, single_person_mode_id) REFERENCES single_person_modes
);
ALTER TABLE batches
    ADD CONSTRAINT batches_made FOREIGN KEY (shop_id, made_id) REFERENCES batch_makings,
    ADD CONSTRAINT batches_checked FOREIGN KEY (shop_id, checked_id) REFERENCES batch_checks;

ALTER TABLE stock_moves
    ADD CONSTRAINT stock_moves_count FOREIGN KEY (shop_id, count_id) REFERENCES counts,
    ADD CONSTRAINT stock_moves_batch FOREIGN KEY (shop_id, batch_id) REFERENCES batches;
CREATE INDEX stock_moves_by_count ON stock_moves (shop_id, count_id) WHERE count_id IS NOT NULL;
CREATE INDEX stock_moves_by_batch ON stock_moves (shop_id, batch_id) WHERE batch_id IS NOT NULL;
ALTER TABLE lot_origins
    ADD COLUMN batch_id bigint,
    ADD CONSTRAINT lot_origins_batch FOREIGN KEY (shop_id, batch_id) REFERENCES batches;

-- Where the new books do not agree with the ledger: must show nothing, ever (`yaofang verify`).
CREATE VIEW batch_differences WITH (security_invoker = true) AS
SELECT k.shop_id, k.batch_id, f.what, f.said, f.moved
  FROM batch_makings k
  JOIN batch_checks c ON c.shop_id = k.shop_id AND c.batch_id = k.batch_id
 CROSS JOIN LATERAL (
        SELECT coalesce(sum(m.quantity) FILTER (WHERE m.reason = 'used'), 0)::bigint AS used,
               coalesce(sum(m.quantity) FILTER (WHERE m.reason = 'lost'), 0)::bigint AS lost,
               coalesce(sum(m.quantity) FILTER (WHERE m.reason = 'made'), 0)::bigint AS made
          FROM stock_moves m WHERE m.shop_id = k.shop_id AND m.batch_id = k.batch_id) m
 CROSS JOIN LATERAL (VALUES ('what went into the lot', k.yield_quantity * k.piece_mg, m.used), ('the loss', k.loss_mg, m.lost),
                            ('the new lot', k.yield_quantity, m.made)) f (what, said, moved)
 WHERE f.said <> f.moved
UNION ALL
SELECT coalesce(b.shop_id, p.shop_id), p.batch_id, 'what lies in the place for batches of lot ' || coalesce(b.lot_id, p.lot_id),
       coalesce(p.quantity, 0), coalesce(b.quantity, 0)
  FROM (SELECT b.shop_id, b.lot_id, sum(b.quantity)::bigint AS quantity
          FROM balances b JOIN locations l ON l.shop_id = b.shop_id AND l.id = b.location_id AND l.kind = 'making'
         GROUP BY b.shop_id, b.lot_id) b
  FULL JOIN (SELECT p.shop_id, p.lot_id, min(p.batch_id) AS batch_id, sum(p.quantity_mg)::bigint AS quantity
               FROM batch_picks p JOIN batches t ON t.shop_id = p.shop_id AND t.id = p.batch_id AND t.state IN ('picked', 'made')
              GROUP BY p.shop_id, p.lot_id) p ON p.shop_id = b.shop_id AND p.lot_id = b.lot_id
 WHERE coalesce(p.quantity, 0) <> coalesce(b.quantity, 0);

-- Reservations that promise more than lies there, or that live on for an order that has ended.
CREATE VIEW reservation_differences WITH (security_invoker = true) AS
SELECT b.shop_id, b.lot_id, b.location_id, 0::bigint AS order_id, b.quantity AS there, r.quantity AS reserved,
       'more is reserved than lies there' AS what
  FROM (SELECT shop_id, lot_id, location_id, sum(quantity)::bigint AS quantity FROM reservations
         WHERE ended_at IS NULL AND expires_at > now() GROUP BY shop_id, lot_id, location_id) r
  JOIN balances b ON b.shop_id = r.shop_id AND b.lot_id = r.lot_id AND b.location_id = r.location_id
 WHERE r.quantity > b.quantity
UNION ALL
SELECT r.shop_id, r.lot_id, r.location_id, o.id, 0, r.quantity, 'is reserved for an order that has ended'
  FROM reservations r
  JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
 WHERE r.ended_at IS NULL AND o.state IN ('checked', 'handed_over', 'cancelled');

DO $$
DECLARE
    owned text;
BEGIN
    FOREACH owned IN ARRAY ARRAY['counts', 'count_lines', 'count_entries', 'count_approvals', 'count_bookings', 'recalls',
                                 'recall_lots', 'recall_calls', 'batches', 'batch_lines', 'batch_picks', 'batch_makings',
                                 'batch_checks'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %I USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())', owned);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO yaofang_app', owned);
        EXECUTE format('GRANT SELECT ON %I TO yaofang_read', owned);
    END LOOP;
END
$$;
GRANT SELECT ON batch_differences, reservation_differences TO yaofang_app, yaofang_read;
GRANT UPDATE (state, ended_by, ended_at) ON counts TO yaofang_app;
GRANT UPDATE (listed_at, ended_by, ended_at, ended_note) ON recalls TO yaofang_app;
GRANT UPDATE (state) ON batches TO yaofang_app;

-- Steps are added only where they belong.
CREATE POLICY not_ended ON counts AS RESTRICTIVE FOR UPDATE USING (state = 'open') WITH CHECK (true);
CREATE POLICY while_open ON count_lines AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM counts c WHERE c.shop_id = count_lines.shop_id AND c.id = count_lines.count_id AND c.state = 'open'));
CREATE POLICY while_open ON count_entries AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM counts c WHERE c.shop_id = count_entries.shop_id AND c.id = count_entries.count_id AND c.state = 'open'));
CREATE POLICY last_entry ON count_bookings AS RESTRICTIVE FOR INSERT WITH CHECK (
    NOT EXISTS (SELECT FROM count_entries e WHERE e.shop_id = count_bookings.shop_id AND e.count_id = count_bookings.count_id
                   AND e.line_no = count_bookings.line_no AND e.entry_no > count_bookings.entry_no)
    AND (single_person_mode_id IS NULL OR EXISTS (
        SELECT FROM single_person_modes m WHERE m.shop_id = count_bookings.shop_id
           AND m.id = count_bookings.single_person_mode_id AND m.switched_off_at IS NULL)));
CREATE POLICY not_ended ON recalls AS RESTRICTIVE FOR UPDATE USING (ended_at IS NULL) WITH CHECK (true);
CREATE POLICY not_ended ON batches AS RESTRICTIVE FOR UPDATE USING (state NOT IN ('checked', 'cancelled'))
    WITH CHECK (state <> 'cancelled' OR NOT EXISTS (
        SELECT FROM batch_checks k WHERE k.shop_id = batches.shop_id AND k.batch_id = batches.id));
CREATE POLICY where_it_belongs ON batch_lines AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM batches b WHERE b.shop_id = batch_lines.shop_id AND b.id = batch_lines.batch_id AND b.state = 'planned'));
CREATE POLICY where_it_belongs ON batch_picks AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM batches b WHERE b.shop_id = batch_picks.shop_id AND b.id = batch_picks.batch_id AND b.state = 'planned'));
CREATE POLICY where_it_belongs ON batch_makings AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM batches b WHERE b.shop_id = batch_makings.shop_id AND b.id = batch_makings.batch_id AND b.state = 'picked')
    AND used_mg = (SELECT sum(p.quantity_mg) FROM batch_picks p WHERE p.shop_id = batch_makings.shop_id
                      AND p.batch_id = batch_makings.batch_id));
CREATE POLICY where_it_belongs ON batch_checks AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM batches b WHERE b.shop_id = batch_checks.shop_id AND b.id = batch_checks.batch_id AND b.state = 'made')
    AND (single_person_mode_id IS NULL OR EXISTS (
        SELECT FROM single_person_modes m
          JOIN batch_makings k ON k.shop_id = m.shop_id AND k.batch_id = batch_checks.batch_id
         WHERE m.shop_id = batch_checks.shop_id AND m.id = batch_checks.single_person_mode_id AND m.switched_off_at IS NULL
           AND now() >= k.made_at + make_interval(mins => m.delay_minutes))));
