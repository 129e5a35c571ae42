-- The shop counter: tickets, prices and fees by rule, promo codes and their uses, payments, refunds, and the drawer of cash.
--
-- What the database itself sees to, without a trigger:
--   * the lines of a quote, and the tenders of a payment, carry a running sum that each next one refers to, and the quote (the
--     payment) refers to the last: so lines add up to the total, and tenders to what was asked, or nothing is stored;
--   * receipts are numbered 1..n without a gap: each refers to the one before;
--   * a promo code with a limit has that many slots, and a use holds one while it is reserved or committed; so has a customer;
--   * a line is never refunded beyond what was sold: its refunds are numbered parts with a running sum;
--   * a ticket is paid only with its payment, an order is charged by one ticket at a time, and stock leaves with the payment,
--     once, by sale_book alone, which asks lot_refusal_at of every lot.
SET LOCAL ROLE yaofang_owner;

-- How a shop sells. A shop without a row sells by the defaults: see sale_settings_now.
CREATE TABLE sale_settings (
    shop_id bigint NOT NULL REFERENCES shops,
    tax_included boolean NOT NULL DEFAULT false,           -- whether prices hold the tax already
    handover_needs_payment boolean NOT NULL DEFAULT false, -- whether an order must be paid or vouched for before it is handed over
    quote_minutes integer NOT NULL DEFAULT 30
        CONSTRAINT sale_settings_quote_minutes CHECK (quote_minutes BETWEEN 1 AND 10080),
    drawer_limit_cents bigint NOT NULL DEFAULT 500         -- a larger difference of the drawer needs a second person
        CONSTRAINT sale_settings_drawer_limit CHECK (drawer_limit_cents BETWEEN 0 AND 100000000),
    receipt_note text NOT NULL DEFAULT '' CONSTRAINT sale_settings_receipt_note CHECK (length(receipt_note) <= 300),
    PRIMARY KEY (shop_id)
);
CREATE VIEW sale_settings_now WITH (security_invoker = true) AS
SELECT s.id AS shop_id, coalesce(n.tax_included, false) AS tax_included,
       coalesce(n.handover_needs_payment, false) AS handover_needs_payment, coalesce(n.quote_minutes, 30) AS quote_minutes,
       coalesce(n.drawer_limit_cents, 500) AS drawer_limit_cents, coalesce(n.receipt_note, '') AS receipt_note
  FROM shops s LEFT JOIN sale_settings n ON n.shop_id = s.id;

CREATE TABLE customer_groups (
    shop_id bigint NOT NULL REFERENCES shops,
    customer_group text NOT NULL CONSTRAINT customer_groups_form CHECK (customer_group ~ '^[a-z0-9_-]{1,40}$'),
    name text NOT NULL CONSTRAINT customer_groups_name CHECK (length(name) BETWEEN 1 AND 120),
    PRIMARY KEY (shop_id, customer_group)
);

-- A price by rule. What it is for is narrowed by what is not NULL; of several the higher priority decides, then the narrower, then
-- the newer (core/pricing.h). A rule does not change: it ends, and another begins.
CREATE TABLE price_rules (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL CONSTRAINT price_rules_name CHECK (length(name) BETWEEN 1 AND 120),
    kind text NOT NULL CONSTRAINT price_rules_kind_known CHECK (kind IN ('fixed', 'per_gram', 'markup')),
    item_id bigint,
    item_kind text CONSTRAINT price_rules_item_kind CHECK (item_kind IN ('raw', 'granule', 'powder', 'product')),
    tax_category text,
    dosage_form slug CONSTRAINT price_rules_dosage_form REFERENCES dosage_forms,
    customer_group text,
    price_cents bigint CONSTRAINT price_rules_price CHECK (price_cents BETWEEN 0 AND 100000000),
    per_quantity bigint CONSTRAINT price_rules_per CHECK (per_quantity BETWEEN 1 AND 100000000000),
    markup_basis_points integer CONSTRAINT price_rules_markup CHECK (markup_basis_points BETWEEN 0 AND 1000000),
    priority integer NOT NULL DEFAULT 0 CONSTRAINT price_rules_priority CHECK (priority BETWEEN -1000 AND 1000),
    valid_from date,
    valid_until date CONSTRAINT price_rules_valid_until CHECK (valid_until >= valid_from),
    import_id bigint, -- the price list it came with
    created_by bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_by bigint,
    ended_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT price_rules_says_price CHECK (CASE kind
        WHEN 'fixed' THEN item_id IS NOT NULL AND price_cents IS NOT NULL AND per_quantity IS NOT NULL AND markup_basis_points IS NULL
        WHEN 'per_gram' THEN price_cents IS NOT NULL AND per_quantity IS NULL AND markup_basis_points IS NULL
        ELSE markup_basis_points IS NOT NULL AND price_cents IS NULL AND per_quantity IS NULL END),
    CONSTRAINT price_rules_item FOREIGN KEY (shop_id, item_id) REFERENCES items,
    CONSTRAINT price_rules_tax_category FOREIGN KEY (shop_id, tax_category) REFERENCES tax_categories,
    CONSTRAINT price_rules_group FOREIGN KEY (shop_id, customer_group) REFERENCES customer_groups,
    CONSTRAINT price_rules_created_by FOREIGN KEY (shop_id, created_by) REFERENCES users,
    CONSTRAINT price_rules_ended_by FOREIGN KEY (shop_id, ended_by) REFERENCES users
);
CREATE INDEX price_rules_in_force ON price_rules (shop_id, id) WHERE ended_at IS NULL;

-- What is charged beside the herbs of an order, by its dosage form: cooking by the packet, filling by the capsule.
CREATE TABLE fees (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL CONSTRAINT fees_name CHECK (length(name) BETWEEN 1 AND 120),
    name_hanzi text,
    dosage_form slug CONSTRAINT fees_dosage_form REFERENCES dosage_forms, -- NULL: every order
    per text NOT NULL CONSTRAINT fees_per_known CHECK (per IN ('order', 'packet', 'dose', 'day', 'unit')),
    unit_mg bigint CONSTRAINT fees_unit CHECK (unit_mg BETWEEN 1 AND 100000000000), -- what one capsule holds, for 'unit'
    amount_cents bigint NOT NULL CONSTRAINT fees_amount CHECK (amount_cents BETWEEN 1 AND 100000000),
    tax_category text,
    valid_from date,
    valid_until date CONSTRAINT fees_valid_until CHECK (valid_until >= valid_from),
    created_by bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_by bigint,
    ended_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT fees_unit_said CHECK ((per = 'unit') = (unit_mg IS NOT NULL)),
    CONSTRAINT fees_tax_category FOREIGN KEY (shop_id, tax_category) REFERENCES tax_categories,
    CONSTRAINT fees_created_by FOREIGN KEY (shop_id, created_by) REFERENCES users,
    CONSTRAINT fees_ended_by FOREIGN KEY (shop_id, ended_by) REFERENCES users
);

-- How customers pay. What does not settle (a third party will pay) vouches for an order instead of paying it.
CREATE TABLE tender_kinds (
    kind text PRIMARY KEY,
    english text NOT NULL,
    hanzi text NOT NULL,
    settles boolean NOT NULL,
    gives_change boolean NOT NULL
);
INSERT INTO tender_kinds (kind, english, hanzi, settles, gives_change) VALUES
    ('cash', 'Cash', '现金', true, true),
    ('card', 'Card', '银行卡', true, false),
    ('transfer', 'Transfer', '转账', true, false),
    ('cheque', 'Cheque', '支票', true, false),
    ('voucher', 'Voucher of an insurer or sponsor', '保险或机构凭单', false, false),
    ('account', 'On account', '挂账', false, false);

CREATE TABLE refund_reasons (
    code text PRIMARY KEY,
    english text NOT NULL,
    hanzi text NOT NULL
);
INSERT INTO refund_reasons (code, english, hanzi) VALUES
    ('changed_mind', 'The customer changed their mind', '顾客改变主意'),
    ('wrong_item', 'The wrong thing was sold', '售错商品'),
    ('damaged', 'Damaged or leaking', '破损'),
    ('quality', 'The customer doubts the quality', '质量问题'),
    ('adverse_reaction', 'The customer did not tolerate it', '不良反应'),
    ('recalled', 'The lot was recalled', '批次召回'),
    ('keyed_wrong', 'The ticket was keyed in wrong', '录入错误'),
    ('order_cancelled', 'The order was cancelled', '处方单取消');

-- The drawer of a register, from its float to its count. One is open per register at a time.
CREATE TABLE cash_sessions (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    register text NOT NULL DEFAULT 'main' CONSTRAINT cash_sessions_register CHECK (register ~ '^[a-z0-9_-]{1,40}$'),
    float_cents bigint NOT NULL CONSTRAINT cash_sessions_float CHECK (float_cents BETWEEN 0 AND 100000000),
    opened_by bigint NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    closed boolean NOT NULL DEFAULT false,
    closed_id bigint GENERATED ALWAYS AS (CASE WHEN closed THEN id END) STORED,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT cash_sessions_opened_by FOREIGN KEY (shop_id, opened_by) REFERENCES users
);
CREATE UNIQUE INDEX cash_sessions_one_open ON cash_sessions (shop_id, register) WHERE NOT closed;

CREATE TABLE cash_moves (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    session_id bigint NOT NULL,
    kind text NOT NULL CONSTRAINT cash_moves_kind_known CHECK (kind IN ('pay_in', 'pay_out')),
    amount_cents bigint NOT NULL CONSTRAINT cash_moves_amount CHECK (amount_cents BETWEEN 1 AND 100000000),
    reason text NOT NULL CONSTRAINT cash_moves_reason CHECK (length(reason) BETWEEN 1 AND 200),
    moved_by bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT cash_moves_session FOREIGN KEY (shop_id, session_id) REFERENCES cash_sessions,
    CONSTRAINT cash_moves_moved_by FOREIGN KEY (shop_id, moved_by) REFERENCES users
);
CREATE INDEX cash_moves_by_session ON cash_moves (shop_id, session_id);

-- A second person's own act, for exactly this counted sum.
CREATE TABLE cash_approvals (
    shop_id bigint NOT NULL,
    session_id bigint NOT NULL,
    counted_cents bigint NOT NULL,
    approved_by bigint NOT NULL,
    note text NOT NULL DEFAULT '',
    approved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, session_id, counted_cents, approved_by),
    CONSTRAINT cash_approvals_session FOREIGN KEY (shop_id, session_id) REFERENCES cash_sessions,
    CONSTRAINT cash_approvals_approved_by FOREIGN KEY (shop_id, approved_by) REFERENCES users
);

CREATE TABLE cash_closings (
    shop_id bigint NOT NULL,
    session_id bigint NOT NULL,
    expected_cents bigint NOT NULL,
    counted_cents bigint NOT NULL CONSTRAINT cash_closings_counted CHECK (counted_cents >= 0),
    difference_cents bigint NOT NULL GENERATED ALWAYS AS (counted_cents - expected_cents) STORED,
    limit_cents bigint NOT NULL,
    note text NOT NULL DEFAULT '',
    closed_by bigint NOT NULL,
    approved_by bigint,
    single_person_mode_id bigint,
    closed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, session_id),
    CONSTRAINT cash_closings_difference CHECK (abs(counted_cents - expected_cents) <= limit_cents OR approved_by IS NOT NULL
                                               OR single_person_mode_id IS NOT NULL),
    CONSTRAINT cash_closings_second_person CHECK (approved_by <> closed_by),
    CONSTRAINT cash_closings_session FOREIGN KEY (shop_id, session_id) REFERENCES cash_sessions,
    CONSTRAINT cash_closings_approval FOREIGN KEY (shop_id, session_id, counted_cents, approved_by) REFERENCES cash_approvals,
    CONSTRAINT cash_closings_mode FOREIGN KEY (shop_id, single_person_mode_id) REFERENCES single_person_modes,
    CONSTRAINT cash_closings_closed_by FOREIGN KEY (shop_id, closed_by) REFERENCES users
);
ALTER TABLE cash_sessions ADD CONSTRAINT cash_sessions_closed FOREIGN KEY (shop_id, closed_id) REFERENCES cash_closings;

-- What was counted of each coin and note; the running sum ends in what the closing says.
CREATE TABLE cash_counts (
    shop_id bigint NOT NULL,
    session_id bigint NOT NULL,
    count_no integer NOT NULL CHECK (count_no >= 1),
    denomination_cents bigint NOT NULL CONSTRAINT cash_counts_denomination CHECK (denomination_cents BETWEEN 1 AND 10000000),
    pieces bigint NOT NULL CONSTRAINT cash_counts_pieces CHECK (pieces BETWEEN 0 AND 1000000),
    PRIMARY KEY (shop_id, session_id, count_no),
    CONSTRAINT cash_counts_once UNIQUE (shop_id, session_id, denomination_cents),
    CONSTRAINT cash_counts_closing FOREIGN KEY (shop_id, session_id) REFERENCES cash_closings
);

-- A sale. Its lines may change while it is open; a quote freezes them with their prices.
CREATE TABLE tickets (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    state text NOT NULL DEFAULT 'open' CONSTRAINT tickets_state_known
        CHECK (state IN ('open', 'quoted', 'paid', 'refunded', 'voided', 'cancelled')),
    patient_id bigint, -- the customer, where known
    customer_group text,
    quote_no integer,  -- the quote that counts
    created_by bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    paid_id bigint GENERATED ALWAYS AS (CASE WHEN state IN ('paid', 'refunded', 'voided') THEN id END) STORED,
    first_refund_no integer GENERATED ALWAYS AS (CASE WHEN state IN ('refunded', 'voided') THEN 1 END) STORED,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT tickets_quoted CHECK (quote_no IS NOT NULL OR state IN ('open', 'cancelled')),
    CONSTRAINT tickets_patient FOREIGN KEY (shop_id, patient_id) REFERENCES patients,
    CONSTRAINT tickets_group FOREIGN KEY (shop_id, customer_group) REFERENCES customer_groups,
    CONSTRAINT tickets_created_by FOREIGN KEY (shop_id, created_by) REFERENCES users
) WITH (fillfactor = 80);
CREATE INDEX tickets_by_state ON tickets (shop_id, state, id);
CREATE INDEX tickets_by_patient ON tickets (shop_id, patient_id, id) WHERE patient_id IS NOT NULL;

CREATE TABLE ticket_lines (
    shop_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    line_no integer NOT NULL CHECK (line_no >= 1),
    item_id bigint,
    order_id bigint,
    lot_id bigint, -- the lot that was scanned: it is taken first
    quantity bigint NOT NULL CONSTRAINT ticket_lines_quantity CHECK (quantity BETWEEN 1 AND 100000000000),
    added_by bigint NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    removed_at timestamptz,
    PRIMARY KEY (shop_id, ticket_id, line_no),
    CONSTRAINT ticket_lines_one_thing CHECK ((item_id IS NULL) <> (order_id IS NULL)),
    CONSTRAINT ticket_lines_order_once CHECK (order_id IS NULL OR quantity = 1),
    CONSTRAINT ticket_lines_ticket FOREIGN KEY (shop_id, ticket_id) REFERENCES tickets,
    CONSTRAINT ticket_lines_item FOREIGN KEY (shop_id, item_id) REFERENCES items,
    CONSTRAINT ticket_lines_order FOREIGN KEY (shop_id, order_id) REFERENCES orders,
    CONSTRAINT ticket_lines_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots,
    CONSTRAINT ticket_lines_added_by FOREIGN KEY (shop_id, added_by) REFERENCES users
);
CREATE UNIQUE INDEX ticket_lines_order_twice ON ticket_lines (shop_id, ticket_id, order_id) WHERE removed_at IS NULL;

-- The terms of a promo code, in versions that never change. A code is what its newest version says, until it is ended.
CREATE TABLE promo_terms (
    shop_id bigint NOT NULL,
    code text NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    previous_version integer GENERATED ALWAYS AS (nullif(version - 1, 0)) STORED,
    description text NOT NULL DEFAULT '',
    kind text NOT NULL CONSTRAINT promo_codes_kind_known CHECK (kind IN ('percent', 'amount')),
    percent_basis_points integer CONSTRAINT promo_codes_percent CHECK (percent_basis_points BETWEEN 1 AND 10000),
    amount_cents bigint CONSTRAINT promo_codes_amount CHECK (amount_cents BETWEEN 1 AND 100000000),
    valid_from date,
    valid_until date CONSTRAINT promo_codes_valid_until CHECK (valid_until >= valid_from),
    minimum_cents bigint NOT NULL DEFAULT 0 CONSTRAINT promo_codes_minimum CHECK (minimum_cents BETWEEN 0 AND 100000000),
    include text NOT NULL DEFAULT '', -- words of core/pricing.h, separated by ';'; empty: everything
    exclude text NOT NULL DEFAULT '',
    max_uses integer CONSTRAINT promo_codes_max_uses CHECK (max_uses > 0),
    max_uses_per_customer integer CONSTRAINT promo_codes_max_uses_per_customer CHECK (max_uses_per_customer > 0),
    stackable boolean NOT NULL DEFAULT false,
    allow_below_cost boolean NOT NULL DEFAULT false,
    allow_restricted boolean NOT NULL DEFAULT false,
    return_on_refund boolean NOT NULL DEFAULT true, -- whether refunding the whole sale gives the use back
    change_note text NOT NULL DEFAULT '',
    changed_by bigint,
    changed_at timestamptz NOT NULL DEFAULT now(),
    uses_cap integer NOT NULL GENERATED ALWAYS AS (coalesce(max_uses, 2147483647)) STORED,
    customer_cap integer NOT NULL GENERATED ALWAYS AS (coalesce(max_uses_per_customer, 2147483647)) STORED,
    PRIMARY KEY (shop_id, code, version),
    CONSTRAINT promo_terms_caps_once UNIQUE (shop_id, code, version, uses_cap, customer_cap),
    CONSTRAINT promo_codes_kind_value CHECK ((kind = 'percent') = (percent_basis_points IS NOT NULL)
                                             AND (kind = 'amount') = (amount_cents IS NOT NULL)),
    CONSTRAINT promo_terms_previous FOREIGN KEY (shop_id, code, previous_version) REFERENCES promo_terms,
    CONSTRAINT promo_terms_changed_by FOREIGN KEY (shop_id, changed_by) REFERENCES users
);
INSERT INTO promo_terms (shop_id, code, version, description, kind, percent_basis_points, amount_cents, valid_from, valid_until,
                         minimum_cents, include, exclude, max_uses, max_uses_per_customer, stackable, allow_below_cost,
                         allow_restricted)
SELECT shop_id, code, 1, description, kind, percent_basis_points, amount_cents, valid_from, valid_until, minimum_cents, include,
       exclude, max_uses, max_uses_per_customer, stackable, allow_below_cost, allow_restricted
  FROM promo_codes;
ALTER TABLE promo_codes
    DROP COLUMN description, DROP COLUMN kind, DROP COLUMN percent_basis_points, DROP COLUMN amount_cents, DROP COLUMN valid_from,
    DROP COLUMN valid_until, DROP COLUMN minimum_cents, DROP COLUMN include, DROP COLUMN exclude, DROP COLUMN max_uses,
    DROP COLUMN max_uses_per_customer, DROP COLUMN stackable, DROP COLUMN allow_below_cost, DROP COLUMN allow_restricted,
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN ended_by bigint,
    ADD CONSTRAINT promo_codes_version FOREIGN KEY (shop_id, code, version) REFERENCES promo_terms DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT promo_codes_ended_by FOREIGN KEY (shop_id, ended_by) REFERENCES users;
ALTER TABLE promo_terms ADD CONSTRAINT promo_terms_code FOREIGN KEY (shop_id, code) REFERENCES promo_codes;

CREATE TABLE ticket_codes (
    shop_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    code text NOT NULL,
    code_no integer NOT NULL CHECK (code_no >= 1), -- the order they were given in
    added_by bigint NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    removed_at timestamptz,
    PRIMARY KEY (shop_id, ticket_id, code_no),
    CONSTRAINT ticket_codes_ticket FOREIGN KEY (shop_id, ticket_id) REFERENCES tickets,
    CONSTRAINT ticket_codes_code FOREIGN KEY (shop_id, code) REFERENCES promo_codes,
    CONSTRAINT ticket_codes_added_by FOREIGN KEY (shop_id, added_by) REFERENCES users
);
CREATE UNIQUE INDEX ticket_codes_twice ON ticket_codes (shop_id, ticket_id, code) WHERE removed_at IS NULL;

-- What the ticket costs, as of then: never changed, the next quote has the next number.
CREATE TABLE quotes (
    shop_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    quote_no integer NOT NULL CHECK (quote_no >= 1),
    line_count integer NOT NULL CHECK (line_count >= 1),
    list_cents bigint NOT NULL,
    discount_cents bigint NOT NULL,
    tax_cents bigint NOT NULL,
    tax_included boolean NOT NULL,
    total_cents bigint NOT NULL CONSTRAINT quotes_total CHECK (total_cents >= 0),
    quoted_by bigint NOT NULL,
    quoted_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (shop_id, ticket_id, quote_no),
    CONSTRAINT quotes_total_once UNIQUE (shop_id, ticket_id, quote_no, total_cents),
    CONSTRAINT quotes_sum CHECK (total_cents = list_cents - discount_cents + CASE WHEN tax_included THEN 0 ELSE tax_cents END),
    CONSTRAINT quotes_ticket FOREIGN KEY (shop_id, ticket_id) REFERENCES tickets,
    CONSTRAINT quotes_quoted_by FOREIGN KEY (shop_id, quoted_by) REFERENCES users
);

CREATE TABLE quote_lines (
    shop_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    quote_no integer NOT NULL,
    seq integer NOT NULL CHECK (seq >= 1),
    previous_seq integer GENERATED ALWAYS AS (nullif(seq - 1, 0)) STORED,
    line_no integer NOT NULL, -- the ticket's line; a fee has that of its order
    kind text NOT NULL CHECK (kind IN ('item', 'order', 'fee')),
    item_id bigint,
    order_id bigint,
    fee_id bigint,
    name text NOT NULL,
    name_hanzi text NOT NULL DEFAULT '',
    quantity bigint NOT NULL CHECK (quantity > 0),
    unit text NOT NULL CHECK (unit IN ('mg', 'each')),
    price_note text NOT NULL DEFAULT '', -- which rule made the price
    list_cents bigint NOT NULL CHECK (list_cents >= 0),
    discount_cents bigint NOT NULL CONSTRAINT quote_lines_discount CHECK (discount_cents BETWEEN 0 AND list_cents),
    tax_category text,
    tax_basis_points integer NOT NULL,
    tax_included boolean NOT NULL,
    tax_cents bigint NOT NULL CHECK (tax_cents >= 0),
    total_cents bigint NOT NULL,
    upto_cents bigint NOT NULL, -- this line's total and those of the lines before
    before_cents bigint GENERATED ALWAYS AS (CASE WHEN seq > 1 THEN upto_cents - total_cents END) STORED,
    cost_cents bigint, -- of the lots it was priced with; NULL: not known
    PRIMARY KEY (shop_id, ticket_id, quote_no, seq),
    CONSTRAINT quote_lines_upto_once UNIQUE (shop_id, ticket_id, quote_no, seq, upto_cents),
    CONSTRAINT quote_lines_sold_once UNIQUE (shop_id, ticket_id, quote_no, seq, quantity, total_cents),
    CONSTRAINT quote_lines_sum CHECK (total_cents = list_cents - discount_cents + CASE WHEN tax_included THEN 0 ELSE tax_cents END),
    CONSTRAINT quote_lines_first CHECK (seq > 1 OR upto_cents = total_cents),
    CONSTRAINT quote_lines_quote FOREIGN KEY (shop_id, ticket_id, quote_no) REFERENCES quotes,
    CONSTRAINT quote_lines_previous FOREIGN KEY (shop_id, ticket_id, quote_no, previous_seq, before_cents)
        REFERENCES quote_lines (shop_id, ticket_id, quote_no, seq, upto_cents),
    CONSTRAINT quote_lines_line FOREIGN KEY (shop_id, ticket_id, line_no) REFERENCES ticket_lines
);
ALTER TABLE quotes ADD CONSTRAINT quotes_lines_add_up FOREIGN KEY (shop_id, ticket_id, quote_no, line_count, total_cents)
    REFERENCES quote_lines (shop_id, ticket_id, quote_no, seq, upto_cents) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE tickets ADD CONSTRAINT tickets_quote FOREIGN KEY (shop_id, id, quote_no) REFERENCES quotes;

-- A use of a code by a ticket. While it is reserved or committed it holds a slot of the code and one of the customer, where these
-- have limits; so there are never more than the limit. Committed only with the payment.
CREATE TABLE promo_uses (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    code text NOT NULL,
    version integer NOT NULL,
    uses_cap integer NOT NULL,
    customer_cap integer NOT NULL,
    slot_no integer CHECK (slot_no >= 1),
    customer_slot_no integer CHECK (customer_slot_no >= 1),
    ticket_id bigint NOT NULL,
    patient_id bigint,
    state text NOT NULL DEFAULT 'reserved'
        CONSTRAINT promo_uses_state_known CHECK (state IN ('reserved', 'committed', 'released', 'returned')),
    live boolean NOT NULL GENERATED ALWAYS AS (state IN ('reserved', 'committed')) STORED,
    why text NOT NULL DEFAULT '', -- how it ended
    reserved_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL, -- of the reservation
    ended_at timestamptz,
    paid_ticket_id bigint GENERATED ALWAYS AS (CASE WHEN state IN ('committed', 'returned') THEN ticket_id END) STORED,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT promo_uses_slotted CHECK ((slot_no IS NULL) = (uses_cap = 2147483647)),
    CONSTRAINT promo_uses_limit CHECK (slot_no <= uses_cap),
    CONSTRAINT promo_uses_customer_slotted CHECK ((customer_slot_no IS NULL) = (customer_cap = 2147483647)),
    CONSTRAINT promo_uses_customer_limit CHECK (customer_slot_no <= customer_cap),
    CONSTRAINT promo_uses_customer_known CHECK (patient_id IS NOT NULL OR customer_cap = 2147483647),
    CONSTRAINT promo_uses_terms FOREIGN KEY (shop_id, code, version, uses_cap, customer_cap)
        REFERENCES promo_terms (shop_id, code, version, uses_cap, customer_cap),
    CONSTRAINT promo_uses_ticket FOREIGN KEY (shop_id, ticket_id) REFERENCES tickets,
    CONSTRAINT promo_uses_patient FOREIGN KEY (shop_id, patient_id) REFERENCES patients
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX promo_uses_slot ON promo_uses (shop_id, code, slot_no) WHERE live;
CREATE UNIQUE INDEX promo_uses_customer_slot ON promo_uses (shop_id, code, patient_id, customer_slot_no) WHERE live;
CREATE UNIQUE INDEX promo_uses_ticket_once ON promo_uses (shop_id, ticket_id, code) WHERE live;
CREATE INDEX promo_uses_to_release ON promo_uses (expires_at) WHERE state = 'reserved';
CREATE INDEX promo_uses_by_code ON promo_uses (shop_id, code, id);

CREATE TABLE quote_codes (
    shop_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    quote_no integer NOT NULL,
    code text NOT NULL,
    version integer NOT NULL,
    discount_cents bigint NOT NULL CHECK (discount_cents > 0),
    use_id bigint NOT NULL,
    PRIMARY KEY (shop_id, ticket_id, quote_no, code),
    CONSTRAINT quote_codes_quote FOREIGN KEY (shop_id, ticket_id, quote_no) REFERENCES quotes,
    CONSTRAINT quote_codes_terms FOREIGN KEY (shop_id, code, version) REFERENCES promo_terms,
    CONSTRAINT quote_codes_use FOREIGN KEY (shop_id, use_id) REFERENCES promo_uses
);

-- Every paper that leaves the counter, numbered without gaps: a sale, or money given back.
CREATE TABLE sale_receipts (
    shop_id bigint NOT NULL REFERENCES shops,
    receipt_no bigint NOT NULL CHECK (receipt_no >= 1),
    previous_no bigint GENERATED ALWAYS AS (nullif(receipt_no - 1, 0)) STORED,
    kind text NOT NULL CHECK (kind IN ('sale', 'refund', 'void')),
    ticket_id bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, receipt_no),
    CONSTRAINT sale_receipts_ticket_once UNIQUE (shop_id, receipt_no, ticket_id),
    CONSTRAINT sale_receipts_previous FOREIGN KEY (shop_id, previous_no) REFERENCES sale_receipts,
    CONSTRAINT sale_receipts_ticket FOREIGN KEY (shop_id, ticket_id) REFERENCES tickets
);
CREATE INDEX sale_receipts_by_ticket ON sale_receipts (shop_id, ticket_id);
-- The row whose lock lets one payment of a shop number its receipt at a time.
CREATE TABLE sale_counters (
    shop_id bigint NOT NULL REFERENCES shops,
    last_receipt_no bigint NOT NULL,
    PRIMARY KEY (shop_id)
);

CREATE TABLE payments (
    shop_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    quote_no integer NOT NULL,
    total_cents bigint NOT NULL,
    tender_count integer NOT NULL,
    last_tender_no integer GENERATED ALWAYS AS (nullif(tender_count, 0)) STORED,
    receipt_no bigint NOT NULL,
    session_id bigint, -- the drawer, when cash changed hands
    paid_by bigint NOT NULL,
    paid_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, ticket_id),
    CONSTRAINT payments_quote_once UNIQUE (shop_id, ticket_id, quote_no),
    CONSTRAINT payments_receipt_once UNIQUE (shop_id, receipt_no),
    CONSTRAINT payments_tendered CHECK (tender_count > 0 OR total_cents = 0),
    CONSTRAINT payments_quote FOREIGN KEY (shop_id, ticket_id, quote_no, total_cents)
        REFERENCES quotes (shop_id, ticket_id, quote_no, total_cents),
    CONSTRAINT payments_receipt FOREIGN KEY (shop_id, receipt_no, ticket_id) REFERENCES sale_receipts (shop_id, receipt_no, ticket_id),
    CONSTRAINT payments_session FOREIGN KEY (shop_id, session_id) REFERENCES cash_sessions,
    CONSTRAINT payments_paid_by FOREIGN KEY (shop_id, paid_by) REFERENCES users
);
CREATE INDEX payments_by_day ON payments (shop_id, paid_at);
CREATE INDEX payments_by_session ON payments (shop_id, session_id) WHERE session_id IS NOT NULL;
ALTER TABLE tickets ADD CONSTRAINT tickets_paid FOREIGN KEY (shop_id, paid_id) REFERENCES payments;
ALTER TABLE promo_uses ADD CONSTRAINT promo_uses_paid FOREIGN KEY (shop_id, paid_ticket_id) REFERENCES payments;

CREATE TABLE tenders (
    shop_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    tender_no integer NOT NULL CHECK (tender_no >= 1),
    previous_no integer GENERATED ALWAYS AS (nullif(tender_no - 1, 0)) STORED,
    kind text NOT NULL CONSTRAINT tenders_kind REFERENCES tender_kinds,
    amount_cents bigint NOT NULL CONSTRAINT tenders_amount CHECK (amount_cents > 0),
    given_cents bigint NOT NULL,
    change_cents bigint NOT NULL GENERATED ALWAYS AS (given_cents - amount_cents) STORED,
    reference text NOT NULL DEFAULT '',
    upto_cents bigint NOT NULL,
    before_cents bigint GENERATED ALWAYS AS (CASE WHEN tender_no > 1 THEN upto_cents - amount_cents END) STORED,
    PRIMARY KEY (shop_id, ticket_id, tender_no),
    CONSTRAINT tenders_upto_once UNIQUE (shop_id, ticket_id, tender_no, upto_cents),
    CONSTRAINT tenders_change CHECK (given_cents = amount_cents OR (kind = 'cash' AND given_cents > amount_cents)),
    CONSTRAINT tenders_first CHECK (tender_no > 1 OR upto_cents = amount_cents),
    CONSTRAINT tenders_payment FOREIGN KEY (shop_id, ticket_id) REFERENCES payments,
    CONSTRAINT tenders_previous FOREIGN KEY (shop_id, ticket_id, previous_no, before_cents)
        REFERENCES tenders (shop_id, ticket_id, tender_no, upto_cents)
);
ALTER TABLE payments ADD CONSTRAINT payments_tenders_add_up FOREIGN KEY (shop_id, ticket_id, last_tender_no, total_cents)
    REFERENCES tenders (shop_id, ticket_id, tender_no, upto_cents) DEFERRABLE INITIALLY DEFERRED;

-- The lots that left with a ticket's line, each with its move in the ledger. Written by sale_book alone.
CREATE TABLE ticket_lots (
    shop_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    seq integer NOT NULL,
    lot_id bigint NOT NULL,
    location_id bigint NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    move_id bigint NOT NULL,
    PRIMARY KEY (shop_id, ticket_id, seq, lot_id, location_id),
    CONSTRAINT ticket_lots_move_once UNIQUE (shop_id, move_id),
    CONSTRAINT ticket_lots_payment FOREIGN KEY (shop_id, ticket_id) REFERENCES payments,
    CONSTRAINT ticket_lots_move FOREIGN KEY (shop_id, move_id) REFERENCES stock_moves,
    CONSTRAINT ticket_lots_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots
);
CREATE INDEX ticket_lots_by_lot ON ticket_lots (shop_id, lot_id);

-- Which ticket charged an order: one at a time.
CREATE TABLE ticket_orders (
    shop_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    order_id bigint NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (shop_id, ticket_id, order_id),
    CONSTRAINT ticket_orders_payment FOREIGN KEY (shop_id, ticket_id) REFERENCES payments,
    CONSTRAINT ticket_orders_order FOREIGN KEY (shop_id, order_id) REFERENCES orders
);
CREATE UNIQUE INDEX ticket_orders_one ON ticket_orders (shop_id, order_id) WHERE ended_at IS NULL;

CREATE TABLE refunds (
    shop_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    refund_no integer NOT NULL CHECK (refund_no >= 1),
    previous_refund_no integer GENERATED ALWAYS AS (nullif(refund_no - 1, 0)) STORED,
    kind text NOT NULL CHECK (kind IN ('refund', 'void')),
    reason text NOT NULL CONSTRAINT refunds_reason REFERENCES refund_reasons,
    note text NOT NULL DEFAULT '',
    total_cents bigint NOT NULL CONSTRAINT refunds_total CHECK (total_cents >= 0),
    tender_count integer NOT NULL,
    last_tender_no integer GENERATED ALWAYS AS (nullif(tender_count, 0)) STORED,
    receipt_no bigint NOT NULL,
    session_id bigint,
    refunded_by bigint NOT NULL,
    refunded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, ticket_id, refund_no),
    CONSTRAINT refunds_receipt_once UNIQUE (shop_id, receipt_no),
    CONSTRAINT refunds_tendered CHECK (tender_count > 0 OR total_cents = 0),
    CONSTRAINT refunds_payment FOREIGN KEY (shop_id, ticket_id) REFERENCES payments,
    CONSTRAINT refunds_previous FOREIGN KEY (shop_id, ticket_id, previous_refund_no) REFERENCES refunds,
    CONSTRAINT refunds_receipt FOREIGN KEY (shop_id, receipt_no, ticket_id) REFERENCES sale_receipts (shop_id, receipt_no, ticket_id),
    CONSTRAINT refunds_session FOREIGN KEY (shop_id, session_id) REFERENCES cash_sessions,
    CONSTRAINT refunds_refunded_by FOREIGN KEY (shop_id, refunded_by) REFERENCES users
);
CREATE INDEX refunds_by_day ON refunds (shop_id, refunded_at);
CREATE INDEX refunds_by_session ON refunds (shop_id, session_id) WHERE session_id IS NOT NULL;
ALTER TABLE tickets ADD CONSTRAINT tickets_refunded FOREIGN KEY (shop_id, id, first_refund_no) REFERENCES refunds;

CREATE TABLE refund_tenders (
    shop_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    refund_no integer NOT NULL,
    tender_no integer NOT NULL CHECK (tender_no >= 1),
    previous_no integer GENERATED ALWAYS AS (nullif(tender_no - 1, 0)) STORED,
    kind text NOT NULL CONSTRAINT refund_tenders_kind REFERENCES tender_kinds,
    amount_cents bigint NOT NULL CONSTRAINT refund_tenders_amount CHECK (amount_cents > 0),
    reference text NOT NULL DEFAULT '',
    upto_cents bigint NOT NULL,
    before_cents bigint GENERATED ALWAYS AS (CASE WHEN tender_no > 1 THEN upto_cents - amount_cents END) STORED,
    PRIMARY KEY (shop_id, ticket_id, refund_no, tender_no),
    CONSTRAINT refund_tenders_upto_once UNIQUE (shop_id, ticket_id, refund_no, tender_no, upto_cents),
    CONSTRAINT refund_tenders_first CHECK (tender_no > 1 OR upto_cents = amount_cents),
    CONSTRAINT refund_tenders_refund FOREIGN KEY (shop_id, ticket_id, refund_no) REFERENCES refunds,
    CONSTRAINT refund_tenders_previous FOREIGN KEY (shop_id, ticket_id, refund_no, previous_no, before_cents)
        REFERENCES refund_tenders (shop_id, ticket_id, refund_no, tender_no, upto_cents)
);
ALTER TABLE refunds ADD CONSTRAINT refunds_tenders_add_up FOREIGN KEY (shop_id, ticket_id, refund_no, last_tender_no, total_cents)
    REFERENCES refund_tenders (shop_id, ticket_id, refund_no, tender_no, upto_cents) DEFERRABLE INITIALLY DEFERRED;

-- What came back of a sold line, in numbered parts: never more than was sold, neither of the goods nor of the money, and all of
-- the money once all of the goods are back.
CREATE TABLE refund_lines (
    shop_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    quote_no integer NOT NULL,
    seq integer NOT NULL,
    part_no integer NOT NULL CHECK (part_no >= 1),
    previous_part_no integer GENERATED ALWAYS AS (nullif(part_no - 1, 0)) STORED,
    refund_no integer NOT NULL,
    sold_quantity bigint NOT NULL,
    sold_cents bigint NOT NULL,
    quantity bigint NOT NULL CONSTRAINT refund_lines_quantity CHECK (quantity > 0),
    amount_cents bigint NOT NULL CHECK (amount_cents >= 0),
    tax_cents bigint NOT NULL CHECK (tax_cents >= 0), -- of that amount
    upto_quantity bigint NOT NULL,
    upto_cents bigint NOT NULL,
    before_quantity bigint GENERATED ALWAYS AS (CASE WHEN part_no > 1 THEN upto_quantity - quantity END) STORED,
    before_cents bigint GENERATED ALWAYS AS (CASE WHEN part_no > 1 THEN upto_cents - amount_cents END) STORED,
    disposition text NOT NULL CONSTRAINT refund_lines_disposition_known CHECK (disposition IN ('restock', 'write_off', 'none')),
    PRIMARY KEY (shop_id, ticket_id, seq, part_no),
    CONSTRAINT refund_lines_upto_once UNIQUE (shop_id, ticket_id, seq, part_no, upto_quantity, upto_cents),
    CONSTRAINT refund_lines_not_twice CHECK (upto_quantity <= sold_quantity AND upto_cents <= sold_cents),
    CONSTRAINT refund_lines_all_back CHECK (upto_quantity < sold_quantity OR upto_cents = sold_cents),
    CONSTRAINT refund_lines_first CHECK (part_no > 1 OR (upto_quantity = quantity AND upto_cents = amount_cents)),
    CONSTRAINT refund_lines_refund FOREIGN KEY (shop_id, ticket_id, refund_no) REFERENCES refunds,
    CONSTRAINT refund_lines_paid FOREIGN KEY (shop_id, ticket_id, quote_no) REFERENCES payments (shop_id, ticket_id, quote_no),
    CONSTRAINT refund_lines_sold FOREIGN KEY (shop_id, ticket_id, quote_no, seq, sold_quantity, sold_cents)
        REFERENCES quote_lines (shop_id, ticket_id, quote_no, seq, quantity, total_cents),
    CONSTRAINT refund_lines_previous FOREIGN KEY (shop_id, ticket_id, seq, previous_part_no, before_quantity, before_cents)
        REFERENCES refund_lines (shop_id, ticket_id, seq, part_no, upto_quantity, upto_cents)
);

-- Lots that came back, each with its moves in the ledger. Written by sale_return alone.
CREATE TABLE refund_lots (
    shop_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    refund_no integer NOT NULL,
    seq integer NOT NULL,
    lot_id bigint NOT NULL,
    location_id bigint NOT NULL, -- where it went
    quantity bigint NOT NULL CHECK (quantity > 0),
    move_id bigint NOT NULL,
    PRIMARY KEY (shop_id, move_id),
    CONSTRAINT refund_lots_refund FOREIGN KEY (shop_id, ticket_id, refund_no) REFERENCES refunds,
    CONSTRAINT refund_lots_move FOREIGN KEY (shop_id, move_id) REFERENCES stock_moves,
    CONSTRAINT refund_lots_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots
);
CREATE INDEX refund_lots_by_refund ON refund_lots (shop_id, ticket_id, refund_no);

-- Stock leaves with the payment: once per ticket, exactly what its item lines say, from lots that may be used. The arrays run in
-- parallel. The caller holds the lots' locks (stock_book takes them again); moves above `newest` with the ticket's note are ours.
CREATE FUNCTION sale_book(p_shop_id bigint, p_ticket_id bigint, p_seqs integer[], p_lots bigint[], p_locations bigint[],
                          p_quantities bigint[], p_user_id bigint)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    newest bigint;
    goal bigint;
    written bigint := 0;
BEGIN
    IF p_shop_id IS DISTINCT FROM current_shop() THEN
        RAISE insufficient_privilege USING MESSAGE = 'another shop''s sale';
    END IF;
    PERFORM FROM payments WHERE shop_id = p_shop_id AND ticket_id = p_ticket_id FOR NO KEY UPDATE;
    IF NOT FOUND OR EXISTS (SELECT FROM ticket_lots WHERE shop_id = p_shop_id AND ticket_id = p_ticket_id) THEN
        RAISE unique_violation USING CONSTRAINT = 'ticket_lots_once', MESSAGE = 'not paid, or booked already';
    END IF;
    IF EXISTS (SELECT FROM (SELECT q.seq, q.quantity FROM quote_lines q
                              JOIN payments y ON y.shop_id = q.shop_id AND y.ticket_id = q.ticket_id AND y.quote_no = q.quote_no
                             WHERE q.shop_id = p_shop_id AND q.ticket_id = p_ticket_id AND q.kind = 'item') q
                 FULL JOIN (SELECT seq, sum(quantity) AS quantity FROM unnest(p_seqs, p_quantities) t (seq, quantity) GROUP BY seq) t
                   ON t.seq = q.seq
                WHERE q.quantity IS DISTINCT FROM t.quantity)
       OR EXISTS (SELECT FROM unnest(p_seqs, p_lots) t (seq, lot_id)
                    JOIN payments y ON y.shop_id = p_shop_id AND y.ticket_id = p_ticket_id
                    LEFT JOIN quote_lines q ON q.shop_id = y.shop_id AND q.ticket_id = y.ticket_id AND q.quote_no = y.quote_no
                                           AND q.seq = t.seq
                    LEFT JOIN lots l ON l.shop_id = p_shop_id AND l.id = t.lot_id
                   WHERE q.item_id IS DISTINCT FROM l.item_id OR l.item_id IS NULL) THEN
        RAISE check_violation USING CONSTRAINT = 'ticket_lots_as_sold', MESSAGE = 'not the lots of what was sold';
    END IF;
    SELECT id INTO goal FROM locations WHERE shop_id = p_shop_id AND kind = 'patient' ORDER BY id LIMIT 1;
    SELECT coalesce(max(id), 0) INTO newest FROM stock_moves WHERE shop_id = p_shop_id;
    IF cardinality(p_lots) > 0 THEN
        PERFORM stock_book(p_shop_id, p_lots, p_locations, array_fill(goal, ARRAY[cardinality(p_lots)]), p_quantities, 'dispensed',
                           NULL, NULL, 'ticket ' || p_ticket_id, p_user_id);
    END IF;
    IF EXISTS (SELECT FROM unnest(p_lots, p_locations) t (lot_id, location_id)
                 JOIN lots l ON l.shop_id = p_shop_id AND l.id = t.lot_id
                 JOIN locations p ON p.shop_id = p_shop_id AND p.id = t.location_id
                WHERE lot_refusal_at(p.kind, l.status, l.expires_on, shop_today(p_shop_id), shop_today(p_shop_id)) IS NOT NULL) THEN
        RAISE check_violation USING CONSTRAINT = 'ticket_lots_usable', MESSAGE = 'a lot that may not be used';
    END IF;
    INSERT INTO ticket_lots (shop_id, ticket_id, seq, lot_id, location_id, quantity, move_id)
    SELECT p_shop_id, p_ticket_id, t.seq, t.lot_id, t.location_id, t.quantity, m.id
      FROM (SELECT u.*, row_number() OVER (PARTITION BY u.lot_id, u.location_id, u.quantity ORDER BY u.seq) AS n
              FROM unnest(p_seqs, p_lots, p_locations, p_quantities) u (seq, lot_id, location_id, quantity)) t
      JOIN (SELECT s.*, row_number() OVER (PARTITION BY s.lot_id, s.from_location_id, s.quantity ORDER BY s.id) AS n
              FROM stock_moves s
             WHERE s.shop_id = p_shop_id AND s.id > newest AND s.lot_id = ANY (p_lots) AND s.reason = 'dispensed'
               AND s.note = 'ticket ' || p_ticket_id) m
        ON m.lot_id = t.lot_id AND m.from_location_id = t.location_id AND m.quantity = t.quantity AND m.n = t.n;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written <> coalesce(cardinality(p_lots), 0) THEN
        RAISE check_violation USING CONSTRAINT = 'ticket_lots_as_sold', MESSAGE = 'a lot without its move';
    END IF;
    RETURN written;
END
$$;

-- What a refund brings back: for each of its lines the stretch of the sold lots that this part covers, the last sold first back.
-- Restocked goods go where they came from; the others go on to loss. Once per refund.
CREATE FUNCTION sale_return(p_shop_id bigint, p_ticket_id bigint, p_refund_no integer, p_user_id bigint)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    outside bigint;
    loss bigint;
    back record;
    written bigint := 0;
    newest bigint;
BEGIN
    IF p_shop_id IS DISTINCT FROM current_shop() THEN
        RAISE insufficient_privilege USING MESSAGE = 'another shop''s sale';
    END IF;
    PERFORM FROM refunds WHERE shop_id = p_shop_id AND ticket_id = p_ticket_id AND refund_no = p_refund_no FOR NO KEY UPDATE;
    IF NOT FOUND OR EXISTS (SELECT FROM refund_lots WHERE shop_id = p_shop_id AND ticket_id = p_ticket_id
                               AND refund_no = p_refund_no) THEN
        RAISE unique_violation USING CONSTRAINT = 'refund_lots_once', MESSAGE = 'no refund, or booked already';
    END IF;
    SELECT id INTO outside FROM locations WHERE shop_id = p_shop_id AND kind = 'patient' ORDER BY id LIMIT 1;
    SELECT id INTO loss FROM locations WHERE shop_id = p_shop_id AND kind = 'loss' ORDER BY id LIMIT 1;
    SELECT coalesce(max(id), 0) INTO newest FROM stock_moves WHERE shop_id = p_shop_id;
    SELECT array_agg(s.lot_id ORDER BY s.seq, s.lot_id, s.location_id) AS lots,
           array_agg(CASE r.disposition WHEN 'restock' THEN s.location_id ELSE loss END ORDER BY s.seq, s.lot_id, s.location_id) AS goals,
           array_agg(least(r.upto_quantity, s.upto) - greatest(r.upto_quantity - r.quantity, s.upto - s.quantity)
                     ORDER BY s.seq, s.lot_id, s.location_id) AS quantities,
           array_agg(s.seq ORDER BY s.seq, s.lot_id, s.location_id) AS seqs
      INTO back
      FROM refund_lines r
      JOIN (SELECT t.*, sum(t.quantity) OVER (PARTITION BY t.seq ORDER BY t.move_id DESC) AS upto
              FROM ticket_lots t WHERE t.shop_id = p_shop_id AND t.ticket_id = p_ticket_id) s
        ON s.seq = r.seq AND s.upto > r.upto_quantity - r.quantity AND s.upto - s.quantity < r.upto_quantity
     WHERE r.shop_id = p_shop_id AND r.ticket_id = p_ticket_id AND r.refund_no = p_refund_no AND r.disposition <> 'none';
    IF back.lots IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM stock_book(p_shop_id, back.lots, array_fill(outside, ARRAY[cardinality(back.lots)]), back.goals, back.quantities,
                       'returned', NULL, NULL, 'ticket ' || p_ticket_id, p_user_id);
    INSERT INTO refund_lots (shop_id, ticket_id, refund_no, seq, lot_id, location_id, quantity, move_id)
    SELECT p_shop_id, p_ticket_id, p_refund_no, t.seq, t.lot_id, t.goal, t.quantity, m.id
      FROM (SELECT u.*, row_number() OVER (PARTITION BY u.lot_id, u.goal, u.quantity ORDER BY u.seq) AS n
              FROM unnest(back.seqs, back.lots, back.goals, back.quantities) u (seq, lot_id, goal, quantity)) t
      JOIN (SELECT s.*, row_number() OVER (PARTITION BY s.lot_id, s.to_location_id, s.quantity ORDER BY s.id) AS n
              FROM stock_moves s
             WHERE s.shop_id = p_shop_id AND s.id > newest AND s.lot_id = ANY (back.lots) AND s.reason = 'returned'
               AND s.note = 'ticket ' || p_ticket_id) m
        ON m.lot_id = t.lot_id AND m.to_location_id = t.goal AND m.quantity = t.quantity AND m.n = t.n;
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END
$$;

-- An order's payment follows the ticket that charges it: vouched when any of the money is still to come from a third party. Also
-- for an order handed over already, which the service itself may not touch any more: payment and work are separate axes.
CREATE FUNCTION sale_settle_orders(p_shop_id bigint, p_ticket_id bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    changed bigint;
BEGIN
    IF p_shop_id IS DISTINCT FROM current_shop() THEN
        RAISE insufficient_privilege USING MESSAGE = 'another shop''s sale';
    END IF;
    UPDATE orders o
       SET payment = CASE WHEN t.ended_at IS NOT NULL THEN 'unpaid'
                          WHEN EXISTS (SELECT FROM tenders d JOIN tender_kinds k ON k.kind = d.kind
                                        WHERE d.shop_id = p_shop_id AND d.ticket_id = p_ticket_id AND NOT k.settles) THEN 'vouched'
                          ELSE 'paid' END
      FROM ticket_orders t
     WHERE t.shop_id = p_shop_id AND t.ticket_id = p_ticket_id AND o.shop_id = t.shop_id AND o.id = t.order_id
       AND NOT EXISTS (SELECT FROM ticket_orders other WHERE other.shop_id = t.shop_id AND other.order_id = t.order_id
                          AND other.ticket_id <> t.ticket_id AND other.ended_at IS NULL);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;

-- Reservations of promo codes whose time is over give their slots back, of all shops; returns how many.
CREATE FUNCTION promo_release_expired() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    released bigint;
BEGIN
    UPDATE promo_uses u SET state = 'released', why = 'expired', ended_at = now()
      FROM (SELECT shop_id, id FROM promo_uses WHERE state = 'reserved' AND expires_at <= now() LIMIT 10000
               FOR UPDATE SKIP LOCKED) old
     WHERE u.shop_id = old.shop_id AND u.id = old.id;
    GET DIAGNOSTICS released = ROW_COUNT;
    RETURN released;
END
$$;
REVOKE ALL ON FUNCTION sale_book, sale_return, sale_settle_orders, promo_release_expired FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sale_book, sale_return, sale_settle_orders, promo_release_expired TO yaofang_app;

-- Where the books of the counter do not agree: must show nothing, ever (`yaofang verify`).
CREATE VIEW sale_differences WITH (security_invoker = true) AS
SELECT r.shop_id, r.ticket_id, 'refund ' || r.refund_no || ' is not the sum of its lines' AS what
  FROM refunds r
 WHERE r.total_cents <> (SELECT coalesce(sum(l.amount_cents), 0) FROM refund_lines l
                          WHERE l.shop_id = r.shop_id AND l.ticket_id = r.ticket_id AND l.refund_no = r.refund_no)
UNION ALL
SELECT y.shop_id, y.ticket_id, 'line ' || q.seq || ' did not leave the shop as sold'
  FROM payments y
  JOIN quote_lines q ON q.shop_id = y.shop_id AND q.ticket_id = y.ticket_id AND q.quote_no = y.quote_no AND q.kind = 'item'
 WHERE q.quantity <> (SELECT coalesce(sum(l.quantity), 0) FROM ticket_lots l
                       WHERE l.shop_id = q.shop_id AND l.ticket_id = q.ticket_id AND l.seq = q.seq)
UNION ALL
SELECT l.shop_id, l.ticket_id, 'move ' || l.move_id || ' of the ledger is not what the ticket says'
  FROM ticket_lots l
  JOIN stock_moves m ON m.shop_id = l.shop_id AND m.id = l.move_id
 WHERE (m.lot_id, m.from_location_id, m.quantity) IS DISTINCT FROM (l.lot_id, l.location_id, l.quantity)
UNION ALL
SELECT c.shop_id, c.ticket_id, 'code ' || c.code || ' was given without a use'
  FROM quote_codes c
  JOIN payments y ON y.shop_id = c.shop_id AND y.ticket_id = c.ticket_id AND y.quote_no = c.quote_no
  JOIN promo_uses u ON u.shop_id = c.shop_id AND u.id = c.use_id
 WHERE u.state NOT IN ('committed', 'returned') OR u.ticket_id <> c.ticket_id OR u.code <> c.code;

DO $$
DECLARE
    owned text;
BEGIN
    FOREACH owned IN ARRAY ARRAY['sale_settings', 'customer_groups', 'price_rules', 'fees', 'cash_sessions', 'cash_moves',
        'cash_approvals', 'cash_closings', 'cash_counts', 'tickets', 'ticket_lines', 'promo_terms', 'ticket_codes', 'quotes',
        'quote_lines', 'promo_uses', 'quote_codes', 'sale_receipts', 'sale_counters', 'payments', 'tenders', 'ticket_lots',
        'ticket_orders', 'refunds', 'refund_tenders', 'refund_lines', 'refund_lots'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %I USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())', owned);
        EXECUTE format('GRANT SELECT ON %I TO yaofang_app, yaofang_read', owned);
    END LOOP;
END
$$;
GRANT SELECT ON tender_kinds, refund_reasons, sale_settings_now, sale_differences TO yaofang_app, yaofang_read;
-- Added and read only.
GRANT INSERT ON promo_terms, quotes, quote_lines, quote_codes, sale_receipts, payments, tenders, refunds, refund_tenders,
                refund_lines, cash_moves, cash_approvals, cash_closings, cash_counts TO yaofang_app;
-- Added, and changed in the columns named.
GRANT INSERT, UPDATE (tax_included, handover_needs_payment, quote_minutes, drawer_limit_cents, receipt_note) ON sale_settings TO yaofang_app;
GRANT INSERT, UPDATE (name) ON customer_groups TO yaofang_app;
GRANT INSERT, UPDATE (name, rate_basis_points, note) ON tax_categories TO yaofang_app;
GRANT INSERT, UPDATE (ended_by, ended_at) ON price_rules, fees TO yaofang_app;
GRANT INSERT, UPDATE (closed) ON cash_sessions TO yaofang_app;
GRANT INSERT, UPDATE (state, patient_id, customer_group, quote_no) ON tickets TO yaofang_app;
GRANT INSERT, UPDATE (quantity, removed_at) ON ticket_lines TO yaofang_app;
GRANT INSERT, UPDATE (removed_at) ON ticket_codes TO yaofang_app;
GRANT INSERT, UPDATE (version, ended_at, ended_by) ON promo_codes TO yaofang_app;
GRANT INSERT, UPDATE (state, why, ended_at, expires_at) ON promo_uses TO yaofang_app;
GRANT INSERT, UPDATE (ended_at) ON ticket_orders TO yaofang_app;
GRANT INSERT, UPDATE (last_receipt_no) ON sale_counters TO yaofang_app;
-- An order's payment is the ticket's to say: sale_settle_orders.
REVOKE UPDATE (payment) ON orders FROM yaofang_app;

-- A finished sale does not change (PRODUCT law 7), and what was paid is not opened again.
CREATE POLICY finished ON tickets AS RESTRICTIVE FOR UPDATE
    USING (state NOT IN ('refunded', 'voided', 'cancelled'))
    WITH CHECK (state IN ('paid', 'refunded', 'voided') OR NOT EXISTS (
        SELECT FROM payments y WHERE y.shop_id = tickets.shop_id AND y.ticket_id = tickets.id));
CREATE POLICY while_open ON ticket_lines AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM tickets t WHERE t.shop_id = ticket_lines.shop_id AND t.id = ticket_lines.ticket_id AND t.state = 'open'));
CREATE POLICY while_open_change ON ticket_lines AS RESTRICTIVE FOR UPDATE USING (
    EXISTS (SELECT FROM tickets t WHERE t.shop_id = ticket_lines.shop_id AND t.id = ticket_lines.ticket_id AND t.state = 'open'));
CREATE POLICY while_open ON ticket_codes AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM tickets t WHERE t.shop_id = ticket_codes.shop_id AND t.id = ticket_codes.ticket_id AND t.state = 'open'));
CREATE POLICY while_open_change ON ticket_codes AS RESTRICTIVE FOR UPDATE USING (
    EXISTS (SELECT FROM tickets t WHERE t.shop_id = ticket_codes.shop_id AND t.id = ticket_codes.ticket_id AND t.state = 'open'));
CREATE POLICY while_quoted ON payments AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM tickets t WHERE t.shop_id = payments.shop_id AND t.id = payments.ticket_id AND t.state = 'quoted'
               AND t.quote_no = payments.quote_no));
CREATE POLICY while_live ON promo_uses AS RESTRICTIVE FOR UPDATE USING (live) WITH CHECK (true);
-- Into a closed drawer nothing goes, and out of it nothing comes.
CREATE POLICY while_open ON cash_moves AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM cash_sessions s WHERE s.shop_id = cash_moves.shop_id AND s.id = cash_moves.session_id AND NOT s.closed));
CREATE POLICY drawer_open ON payments AS RESTRICTIVE FOR INSERT WITH CHECK (session_id IS NULL OR
    EXISTS (SELECT FROM cash_sessions s WHERE s.shop_id = payments.shop_id AND s.id = payments.session_id AND NOT s.closed));
CREATE POLICY drawer_open ON refunds AS RESTRICTIVE FOR INSERT WITH CHECK (session_id IS NULL OR
    EXISTS (SELECT FROM cash_sessions s WHERE s.shop_id = refunds.shop_id AND s.id = refunds.session_id AND NOT s.closed));
CREATE POLICY while_open ON cash_sessions AS RESTRICTIVE FOR UPDATE USING (NOT closed) WITH CHECK (true);
-- Where the shop wants it so, nothing is handed over that is neither paid nor vouched for.
CREATE POLICY paid_before ON handovers AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM orders o JOIN sale_settings_now s ON s.shop_id = o.shop_id
             WHERE o.shop_id = handovers.shop_id AND o.id = handovers.order_id
               AND (NOT s.handover_needs_payment OR o.payment <> 'unpaid')));
