-- Goods coming in and moving about: what was ordered and what came of it, certificates kept as files, lots made of lots, goods on
-- their way to another shop, and corrections with coded reasons that above a value take two people.
SET LOCAL ROLE yaofang_owner;

-- Whose liang and qian the shop means (base/quantity.h); NULL: nobody's, so that "3 qian" is asked about. And from which value on
-- a correction of stock takes a second person.
ALTER TABLE shops
    ADD COLUMN liang text CONSTRAINT shops_liang_known CHECK (liang IN ('prc', 'taiwan', 'hong_kong')),
    ADD COLUMN second_person_above_cents bigint NOT NULL DEFAULT 5000
        CONSTRAINT shops_second_person_above CHECK (second_person_above_cents BETWEEN 0 AND 100000000);

-- `version` goes up with every change, so that two people who change an item at once do not undo each other.
ALTER TABLE items
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD COLUMN pack_quantity bigint CONSTRAINT items_pack CHECK (pack_quantity BETWEEN 1 AND 100000000000), -- in one GTIN
    ADD CONSTRAINT items_gtin_form CHECK (gtin ~ '^[0-9]{14}$'),
    ADD CONSTRAINT items_flags_form CHECK (flags ~ '^([a-z_]{1,40}(;[a-z_]{1,40}){0,19})?$');
CREATE UNIQUE INDEX items_gtin_unique ON items (shop_id, gtin) WHERE gtin IS NOT NULL;
GRANT UPDATE (version, pack_quantity) ON items TO yaofang_app;

-- Two more places of the shop's own, where goods lie that nobody may take: on their way to another shop, and in a batch that is
-- being made. And two outside: what a batch turned into something else, and the other shops. `internal` is generated, so it is
-- made anew with what refers to it.
ALTER TABLE balances DROP CONSTRAINT balances_location;
ALTER TABLE locations
    DROP CONSTRAINT locations_internal_once,
    DROP COLUMN internal,
    DROP CONSTRAINT locations_kind_known,
    ADD CONSTRAINT locations_kind_known
        CHECK (kind IN ('drawer', 'cabinet', 'shelf', 'refrigerator', 'bench', 'quarantine', 'transit', 'making',
                        'supplier', 'patient', 'loss', 'adjustment', 'production', 'other_shop'));
ALTER TABLE locations ADD COLUMN internal boolean NOT NULL
    GENERATED ALWAYS AS (kind NOT IN ('supplier', 'patient', 'loss', 'adjustment', 'production', 'other_shop')) STORED;
ALTER TABLE locations ADD CONSTRAINT locations_internal_once UNIQUE (shop_id, id, internal);
ALTER TABLE balances ADD CONSTRAINT balances_location
    FOREIGN KEY (shop_id, location_id, internal) REFERENCES locations (shop_id, id, internal);

INSERT INTO locations (shop_id, code, name, kind)
SELECT s.id, p.code || CASE WHEN EXISTS (SELECT FROM locations l WHERE l.shop_id = s.id AND l.code = p.code) THEN '-2' ELSE '' END,
       p.name, p.kind
  FROM shops s
 CROSS JOIN (VALUES ('TRANSIT', 'On the way to another shop', 'transit'), ('MAKING', 'In a batch being made', 'making'),
                    ('MADE', 'Turned into something else', 'production'), ('SHOPS', 'Other shops', 'other_shop'))
            p (code, name, kind);
CREATE UNIQUE INDEX locations_one_of_a_kind ON locations (shop_id, kind)
 WHERE kind IN ('transit', 'making', 'production', 'other_shop');

-- The shop's place of that kind, the first there is. For the kinds outside and between.
CREATE FUNCTION place_of(p_shop_id bigint, p_kind text) RETURNS bigint LANGUAGE sql STABLE
    RETURN (SELECT min(id) FROM locations WHERE shop_id = p_shop_id AND kind = p_kind);

CREATE OR REPLACE FUNCTION lot_refusal_at(place_kind text, status text, expires_on date, on_date date, until date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN status = 'released' AND place_kind = 'quarantine' THEN 'quarantined'
                WHEN status = 'released' AND place_kind = 'transit' THEN 'in_transit'
                WHEN status = 'released' AND place_kind = 'making' THEN 'in_making'
                ELSE lot_refusal(status, expires_on, on_date, until) END;
ALTER TABLE allocation_passed_over
    DROP CONSTRAINT allocation_passed_over_reason_check,
    ADD CONSTRAINT allocation_passed_over_reason_known
        CHECK (reason IN ('expired', 'expires_before_course_ends', 'quarantined', 'held', 'recalled', 'in_transit',
                          'in_making', 'reserved_elsewhere', 'not_needed'));

ALTER TABLE lots
    ADD COLUMN made_on date,
    ADD CONSTRAINT lots_expiry_after_making CHECK (expires_on >= made_on);

-- What a lot was made of. A lot is younger than what it was made of, so there are no circles.
CREATE TABLE lot_origins (
    shop_id bigint NOT NULL,
    lot_id bigint NOT NULL,
    origin_lot_id bigint NOT NULL,
    quantity bigint NOT NULL CONSTRAINT lot_origins_quantity CHECK (quantity BETWEEN 1 AND 100000000000), -- of the origin
    how text NOT NULL CONSTRAINT lot_origins_how_known CHECK (how IN ('repacked', 'made')),
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, lot_id, origin_lot_id),
    CONSTRAINT lot_origins_older CHECK (origin_lot_id < lot_id),
    CONSTRAINT lot_origins_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots,
    CONSTRAINT lot_origins_origin FOREIGN KEY (shop_id, origin_lot_id) REFERENCES lots
);
CREATE INDEX lot_origins_by_origin ON lot_origins (shop_id, origin_lot_id);

-- A lot with everything that was made of it; and a lot with everything it was made of.
CREATE FUNCTION lot_descendants(p_shop_id bigint, p_lots bigint[]) RETURNS TABLE (lot_id bigint) LANGUAGE sql STABLE AS $$
    WITH RECURSIVE family (lot_id) AS (
        SELECT unnest(p_lots)
         UNION
        SELECT o.lot_id FROM family f JOIN lot_origins o ON o.shop_id = p_shop_id AND o.origin_lot_id = f.lot_id
    )
    SELECT lot_id FROM family
$$;
CREATE FUNCTION lot_ancestors(p_shop_id bigint, p_lots bigint[]) RETURNS TABLE (lot_id bigint) LANGUAGE sql STABLE AS $$
    WITH RECURSIVE family (lot_id) AS (
        SELECT unnest(p_lots)
         UNION
        SELECT o.origin_lot_id FROM family f JOIN lot_origins o ON o.shop_id = p_shop_id AND o.lot_id = f.lot_id
    )
    SELECT lot_id FROM family
$$;

CREATE TABLE purchase_orders (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    supplier_id bigint NOT NULL,
    state text NOT NULL DEFAULT 'draft' CONSTRAINT purchase_orders_state_known
        CHECK (state IN ('draft', 'sent', 'part_received', 'received', 'closed', 'cancelled')),
    expected_on date,
    note text NOT NULL DEFAULT '' CONSTRAINT purchase_orders_note CHECK (length(note) <= 500),
    created_by bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    ended_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT purchase_orders_supplier FOREIGN KEY (shop_id, supplier_id) REFERENCES suppliers,
    CONSTRAINT purchase_orders_created_by FOREIGN KEY (shop_id, created_by) REFERENCES users
);
CREATE INDEX purchase_orders_open ON purchase_orders (shop_id, id) WHERE state IN ('draft', 'sent', 'part_received');

CREATE TABLE purchase_order_lines (
    shop_id bigint NOT NULL,
    purchase_order_id bigint NOT NULL,
    line_no integer NOT NULL CHECK (line_no >= 1),
    item_id bigint NOT NULL,
    quantity bigint NOT NULL CONSTRAINT purchase_order_lines_quantity CHECK (quantity BETWEEN 0 AND 100000000000), -- 0: dropped again
    cost_cents bigint NOT NULL DEFAULT 0 CONSTRAINT purchase_order_lines_cost CHECK (cost_cents >= 0), -- of the line
    received_quantity bigint NOT NULL DEFAULT 0 CONSTRAINT purchase_order_lines_received CHECK (received_quantity >= 0),
    PRIMARY KEY (shop_id, purchase_order_id, line_no),
    CONSTRAINT purchase_order_lines_item_once UNIQUE (shop_id, purchase_order_id, item_id),
    CONSTRAINT purchase_order_lines_order FOREIGN KEY (shop_id, purchase_order_id) REFERENCES purchase_orders,
    CONSTRAINT purchase_order_lines_item FOREIGN KEY (shop_id, item_id) REFERENCES items
);
CREATE INDEX purchase_order_lines_by_item ON purchase_order_lines (shop_id, item_id);

-- A delivery that was undone stays, and its invoice may come again.
ALTER TABLE receipts
    DROP CONSTRAINT receipts_invoice_unique,
    ADD COLUMN purchase_order_id bigint,
    ADD COLUMN undone_by bigint,
    ADD COLUMN undone_at timestamptz,
    ADD CONSTRAINT receipts_purchase_order FOREIGN KEY (shop_id, purchase_order_id) REFERENCES purchase_orders,
    ADD CONSTRAINT receipts_undone_by FOREIGN KEY (shop_id, undone_by) REFERENCES users;
CREATE UNIQUE INDEX receipts_invoice_unique ON receipts (shop_id, supplier_id, invoice) WHERE undone_at IS NULL;

-- Which lines of a purchase order a delivery filled. Below nothing: a delivery that was undone.
CREATE TABLE purchase_receipts (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    receipt_id bigint NOT NULL,
    purchase_order_id bigint NOT NULL,
    line_no integer NOT NULL,
    quantity bigint NOT NULL,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT purchase_receipts_receipt FOREIGN KEY (shop_id, receipt_id) REFERENCES receipts,
    CONSTRAINT purchase_receipts_line FOREIGN KEY (shop_id, purchase_order_id, line_no) REFERENCES purchase_order_lines
);
CREATE INDEX purchase_receipts_by_receipt ON purchase_receipts (shop_id, receipt_id);

-- A file that belongs to a lot, a delivery or a purchase order: a certificate of analysis, an invoice, a photograph. The database
-- itself sees that size and checksum are those of the bytes.
CREATE TABLE attachments (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    lot_id bigint,
    receipt_id bigint,
    purchase_order_id bigint,
    kind text NOT NULL CONSTRAINT attachments_kind_known CHECK (kind IN ('certificate', 'invoice', 'photograph', 'other')),
    file_name text NOT NULL CONSTRAINT attachments_file_name CHECK (file_name ~ '^[^/\\[:cntrl:]]{1,120}$'),
    content_type text NOT NULL CONSTRAINT attachments_content_type
        CHECK (content_type IN ('application/pdf', 'image/png', 'image/jpeg', 'text/plain')),
    size integer NOT NULL CONSTRAINT attachments_size CHECK (size BETWEEN 1 AND 5242880),
    sha256 text NOT NULL,
    bytes bytea NOT NULL,
    added_by bigint,
    added_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT attachments_of_one_thing CHECK (num_nonnulls(lot_id, receipt_id, purchase_order_id) = 1),
    CONSTRAINT attachments_whole CHECK (size = octet_length(bytes) AND sha256 = encode(sha256(bytes), 'hex')),
    CONSTRAINT attachments_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots,
    CONSTRAINT attachments_receipt FOREIGN KEY (shop_id, receipt_id) REFERENCES receipts,
    CONSTRAINT attachments_purchase_order FOREIGN KEY (shop_id, purchase_order_id) REFERENCES purchase_orders,
    CONSTRAINT attachments_added_by FOREIGN KEY (shop_id, added_by) REFERENCES users
);
CREATE INDEX attachments_by_lot ON attachments (shop_id, lot_id) WHERE lot_id IS NOT NULL;
CREATE INDEX attachments_by_receipt ON attachments (shop_id, receipt_id) WHERE receipt_id IS NOT NULL;

-- Why stock is corrected. What is out of use keeps its row.
CREATE TABLE stock_reasons (
    use text NOT NULL CHECK (use IN ('adjust', 'write_off', 'return_to_supplier', 'customer_return')),
    code text NOT NULL CHECK (code ~ '^[a-z_]{1,40}$'),
    english text NOT NULL,
    zh_hans text NOT NULL,
    zh_hant text NOT NULL,
    note_needed boolean NOT NULL DEFAULT false,
    PRIMARY KEY (use, code)
);
INSERT INTO stock_reasons (use, code, english, zh_hans, zh_hant, note_needed) VALUES
    ('adjust', 'found', 'Found, not in the books', '账外发现', '帳外發現', false),
    ('adjust', 'missing', 'Not there, reason unknown', '短少，原因不明', '短少，原因不明', true),
    ('adjust', 'booked_wrong', 'Booked wrong before', '此前记账有误', '先前記帳有誤', true),
    ('adjust', 'moisture', 'Weight changed by drying or damp', '吸湿或失水', '吸濕或失水', false),
    ('write_off', 'expired', 'Expired', '过期', '過期', false),
    ('write_off', 'damaged', 'Damaged', '破损', '破損', false),
    ('write_off', 'mould_or_insects', 'Mould or insects', '霉变或虫蛀', '霉變或蟲蛀', false),
    ('write_off', 'spilled', 'Spilled', '洒落', '灑落', false),
    ('write_off', 'sample', 'Taken as a sample', '取样', '取樣', false),
    ('write_off', 'theft', 'Stolen', '失窃', '失竊', true),
    ('write_off', 'recalled', 'Destroyed after a recall', '召回销毁', '召回銷毀', false),
    ('return_to_supplier', 'quality', 'Quality not as ordered', '质量不符', '品質不符', false),
    ('return_to_supplier', 'wrong_goods', 'Not what was ordered', '货品有误', '貨品有誤', false),
    ('return_to_supplier', 'too_much', 'More than was ordered', '超量送货', '超量送貨', false),
    ('return_to_supplier', 'recalled', 'Recalled by the supplier', '供应商召回', '供應商召回', false),
    ('return_to_supplier', 'short_dated', 'Expiry too near', '效期过短', '效期過短', false),
    ('customer_return', 'not_needed', 'No longer needed', '不再需要', '不再需要', false),
    ('customer_return', 'adverse_reaction', 'Not tolerated', '不良反应', '不良反應', true),
    ('customer_return', 'recalled', 'Recalled', '召回', '召回', false),
    ('customer_return', 'wrong_goods', 'The wrong thing was given', '发药有误', '發藥有誤', true),
    ('customer_return', 'damaged', 'Damaged or leaking', '破损', '破損', false);

-- A correction. Up to the shop's limit it is booked at once; above, another person says yes or no. Its moves refer to booked_id,
-- which is there only once it is booked.
CREATE TABLE adjustments (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    use text NOT NULL,
    reason text NOT NULL,
    lot_id bigint NOT NULL,
    from_location_id bigint NOT NULL,
    to_location_id bigint NOT NULL,
    quantity bigint NOT NULL CONSTRAINT adjustments_quantity CHECK (quantity BETWEEN 1 AND 100000000000),
    order_id bigint,
    reference text NOT NULL DEFAULT '' CONSTRAINT adjustments_reference CHECK (length(reference) <= 120),
    note text NOT NULL DEFAULT '' CONSTRAINT adjustments_note CHECK (length(note) <= 500),
    value_cents bigint NOT NULL CHECK (value_cents >= 0),
    limit_cents bigint NOT NULL,
    state text NOT NULL CONSTRAINT adjustments_state_known CHECK (state IN ('asked', 'booked', 'refused')),
    asked_by bigint NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now(),
    decided_by bigint,
    decided_at timestamptz,
    single_person_mode_id bigint,
    booked_id bigint GENERATED ALWAYS AS (CASE WHEN state = 'booked' THEN id END) STORED,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT adjustments_booked_once UNIQUE (shop_id, booked_id),
    CONSTRAINT adjustments_second_person CHECK (state <> 'booked' OR value_cents <= limit_cents OR decided_by IS NOT NULL
                                                OR single_person_mode_id IS NOT NULL),
    CONSTRAINT adjustments_another_person CHECK (decided_by <> asked_by),
    CONSTRAINT adjustments_order_said CHECK (order_id IS NULL OR use = 'customer_return'),
    CONSTRAINT adjustments_reason FOREIGN KEY (use, reason) REFERENCES stock_reasons,
    CONSTRAINT adjustments_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots,
    CONSTRAINT adjustments_from FOREIGN KEY (shop_id, from_location_id) REFERENCES locations,
    CONSTRAINT adjustments_to FOREIGN KEY (shop_id, to_location_id) REFERENCES locations,
    CONSTRAINT adjustments_order FOREIGN KEY (shop_id, order_id) REFERENCES orders,
    CONSTRAINT adjustments_asked_by FOREIGN KEY (shop_id, asked_by) REFERENCES users,
    CONSTRAINT adjustments_decided_by FOREIGN KEY (shop_id, decided_by) REFERENCES users,
    CONSTRAINT adjustments_mode FOREIGN KEY (shop_id, single_person_mode_id) REFERENCES single_person_modes
);
CREATE INDEX adjustments_asked ON adjustments (shop_id, id) WHERE state = 'asked';
CREATE INDEX adjustments_by_order ON adjustments (shop_id, order_id) WHERE order_id IS NOT NULL;

-- Goods on their way to another shop. Both shops see the three tables; what the receiver needs to know of a lot travels with the
-- line. They lie in the sender's place 'transit' until they are accepted, taken back or given up: open_quantity says how much.
CREATE TABLE transfers (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    to_shop_id bigint NOT NULL CONSTRAINT transfers_to_shop REFERENCES shops,
    note text NOT NULL DEFAULT '' CONSTRAINT transfers_note CHECK (length(note) <= 500),
    sent_by bigint NOT NULL,
    sent_by_name text NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT transfers_to_once UNIQUE (shop_id, id, to_shop_id),
    CONSTRAINT transfers_two_shops CHECK (to_shop_id <> shop_id),
    CONSTRAINT transfers_sent_by FOREIGN KEY (shop_id, sent_by) REFERENCES users
);
CREATE INDEX transfers_coming ON transfers (to_shop_id, id);
CREATE TABLE transfer_lines (
    shop_id bigint NOT NULL,
    transfer_id bigint NOT NULL,
    to_shop_id bigint NOT NULL,
    line_no integer NOT NULL CHECK (line_no >= 1),
    lot_id bigint NOT NULL,
    from_location_id bigint NOT NULL,
    quantity bigint NOT NULL CHECK (quantity BETWEEN 1 AND 100000000000),
    open_quantity bigint NOT NULL CONSTRAINT transfer_lines_open CHECK (open_quantity BETWEEN 0 AND quantity),
    sku text NOT NULL,
    item_name text NOT NULL,
    unit text NOT NULL,
    lot_code text NOT NULL,
    expires_on date,
    PRIMARY KEY (shop_id, transfer_id, line_no),
    CONSTRAINT transfer_lines_transfer FOREIGN KEY (shop_id, transfer_id, to_shop_id)
        REFERENCES transfers (shop_id, id, to_shop_id),
    CONSTRAINT transfer_lines_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots,
    CONSTRAINT transfer_lines_from FOREIGN KEY (shop_id, from_location_id) REFERENCES locations
);
CREATE INDEX transfer_lines_open_lots ON transfer_lines (shop_id, lot_id) WHERE open_quantity > 0;
CREATE TABLE transfer_ends (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    transfer_id bigint NOT NULL,
    to_shop_id bigint NOT NULL,
    line_no integer NOT NULL,
    how text NOT NULL CONSTRAINT transfer_ends_how_known CHECK (how IN ('accepted', 'taken_back', 'lost')),
    quantity bigint NOT NULL CHECK (quantity > 0),
    by_name text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT transfer_ends_line FOREIGN KEY (shop_id, transfer_id, line_no) REFERENCES transfer_lines,
    CONSTRAINT transfer_ends_transfer FOREIGN KEY (shop_id, transfer_id, to_shop_id)
        REFERENCES transfers (shop_id, id, to_shop_id)
);
CREATE INDEX transfer_ends_by_line ON transfer_ends (shop_id, transfer_id, line_no);

-- The document a move belongs to. Counts and batches come with 0023.
ALTER TABLE stock_moves
    ADD COLUMN adjustment_id bigint,
    ADD COLUMN transfer_id bigint,
    ADD COLUMN count_id bigint,
    ADD COLUMN batch_id bigint,
    DROP CONSTRAINT stock_moves_reason_known,
    ADD CONSTRAINT stock_moves_reason_known
        CHECK (reason IN ('received', 'dispensed', 'moved', 'lost', 'adjusted', 'returned', 'returned_to_supplier', 'sent',
                          'arrived', 'used', 'made', 'repacked')),
    ADD CONSTRAINT stock_moves_adjustment FOREIGN KEY (shop_id, adjustment_id) REFERENCES adjustments (shop_id, booked_id),
    ADD CONSTRAINT stock_moves_transfer FOREIGN KEY (shop_id, transfer_id) REFERENCES transfers;
CREATE INDEX stock_moves_by_receipt ON stock_moves (shop_id, receipt_id) WHERE receipt_id IS NOT NULL;
CREATE INDEX stock_moves_by_adjustment ON stock_moves (shop_id, adjustment_id) WHERE adjustment_id IS NOT NULL;
CREATE INDEX stock_moves_by_transfer ON stock_moves (shop_id, transfer_id) WHERE transfer_id IS NOT NULL;

-- stock_book for every kind of document: 'order', 'receipt', 'adjustment', 'transfer', 'count', 'batch', or NULL for none. See
-- 0005 for why this is the only way to move stock and why two bookings cannot deadlock.
CREATE FUNCTION stock_book_for(p_shop_id bigint, p_lots bigint[], p_from bigint[], p_to bigint[], p_quantities bigint[],
                               p_reason text, p_document text, p_document_id bigint, p_note text, p_user_id bigint)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    written bigint;
BEGIN
    IF p_shop_id IS DISTINCT FROM current_shop() THEN
        RAISE insufficient_privilege USING MESSAGE = 'another shop''s stock';
    END IF;
    PERFORM FROM lots l WHERE l.shop_id = p_shop_id AND l.id = ANY (p_lots) ORDER BY l.id FOR NO KEY UPDATE;
    INSERT INTO balances (shop_id, lot_id, location_id, internal)
    SELECT p_shop_id, e.lot_id, e.location_id, l.internal
      FROM (SELECT * FROM unnest(p_lots, p_from) UNION SELECT * FROM unnest(p_lots, p_to)) e (lot_id, location_id)
      JOIN locations l ON l.shop_id = p_shop_id AND l.id = e.location_id
        ON CONFLICT DO NOTHING;
    INSERT INTO stock_moves (shop_id, lot_id, from_location_id, to_location_id, quantity, reason, order_id, receipt_id,
                             adjustment_id, transfer_id, count_id, batch_id, note, user_id)
    SELECT p_shop_id, m.lot_id, m.origin, m.goal, m.quantity, p_reason,
           CASE p_document WHEN 'order' THEN p_document_id END, CASE p_document WHEN 'receipt' THEN p_document_id END,
           CASE p_document WHEN 'adjustment' THEN p_document_id END, CASE p_document WHEN 'transfer' THEN p_document_id END,
           CASE p_document WHEN 'count' THEN p_document_id END, CASE p_document WHEN 'batch' THEN p_document_id END,
           coalesce(p_note, ''), p_user_id
      FROM unnest(p_lots, p_from, p_to, p_quantities) m (lot_id, origin, goal, quantity);
    GET DIAGNOSTICS written = ROW_COUNT;
    UPDATE balances b SET quantity = b.quantity + d.change
      FROM (SELECT e.lot_id, e.location_id, sum(e.change)::bigint AS change
              FROM (SELECT lot_id, origin, -quantity FROM unnest(p_lots, p_from, p_quantities) m (lot_id, origin, quantity)
                     UNION ALL
                    SELECT * FROM unnest(p_lots, p_to, p_quantities)) e (lot_id, location_id, change)
             GROUP BY e.lot_id, e.location_id) d
     WHERE b.shop_id = p_shop_id AND b.lot_id = d.lot_id AND b.location_id = d.location_id;
    RETURN written;
END
$$;
REVOKE ALL ON FUNCTION stock_book_for FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stock_book_for TO yaofang_app;
CREATE OR REPLACE FUNCTION stock_book(p_shop_id bigint, p_lots bigint[], p_from bigint[], p_to bigint[], p_quantities bigint[],
                                      p_reason text, p_order_id bigint, p_receipt_id bigint, p_note text, p_user_id bigint)
RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT stock_book_for(p_shop_id, p_lots, p_from, p_to, p_quantities, p_reason,
                          CASE WHEN p_order_id IS NOT NULL THEN 'order' WHEN p_receipt_id IS NOT NULL THEN 'receipt' END,
                          coalesce(p_order_id, p_receipt_id), p_note, p_user_id)
$$;

-- The shop accepts goods another shop sent: they leave that shop's 'transit' and arrive here in one transaction, so that they are
-- never in both shops nor in neither. The lot keeps its code, expiry, cost and status; the sending shop stands as its supplier.
-- Parallel arrays: the transfer's lines, how much of each, the item and the place here. Returns the receipt.
CREATE FUNCTION transfer_accept(p_shop_id bigint, p_from_shop_id bigint, p_transfer_id bigint, p_lines integer[],
                                p_quantities bigint[], p_items bigint[], p_places bigint[], p_user_id bigint)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    seller bigint;
    receipt bigint;
    who text;
    here bigint[];
    there bigint[];
BEGIN
    IF p_shop_id IS DISTINCT FROM current_shop()
       OR NOT EXISTS (SELECT FROM transfers WHERE shop_id = p_from_shop_id AND id = p_transfer_id AND to_shop_id = p_shop_id) THEN
        RAISE insufficient_privilege USING MESSAGE = 'not sent to this shop';
    END IF;
    SELECT u.display_name || ', ' || s.name INTO who FROM shops s JOIN users u ON u.shop_id = s.id AND u.id = p_user_id
     WHERE s.id = p_shop_id;
    PERFORM FROM transfer_lines WHERE shop_id = p_from_shop_id AND transfer_id = p_transfer_id ORDER BY line_no FOR UPDATE;
    UPDATE transfer_lines t SET open_quantity = t.open_quantity - n.quantity
      FROM unnest(p_lines, p_quantities) n (line_no, quantity)
     WHERE t.shop_id = p_from_shop_id AND t.transfer_id = p_transfer_id AND t.line_no = n.line_no;
    INSERT INTO transfer_ends (shop_id, transfer_id, to_shop_id, line_no, how, quantity, by_name)
    SELECT p_from_shop_id, p_transfer_id, p_shop_id, n.line_no, 'accepted', n.quantity, coalesce(who, '')
      FROM unnest(p_lines, p_quantities) n (line_no, quantity);
    INSERT INTO suppliers (shop_id, code, name)
    SELECT p_shop_id, 'SHOP-' || s.slug, s.name FROM shops s WHERE s.id = p_from_shop_id
        ON CONFLICT DO NOTHING;
    SELECT p.id INTO seller FROM suppliers p JOIN shops s ON s.id = p_from_shop_id
     WHERE p.shop_id = p_shop_id AND p.code = 'SHOP-' || s.slug;
    INSERT INTO receipts (shop_id, supplier_id, invoice, received_by)
    SELECT p_shop_id, seller, 'transfer ' || p_transfer_id || '/' || 1 + count(*), p_user_id
      FROM receipts WHERE shop_id = p_shop_id AND supplier_id = seller
    RETURNING id INTO receipt;
    INSERT INTO lots (shop_id, item_id, supplier_id, lot_code, expires_on, expiry_precision, made_on, status, status_reason,
                      certificate, cost_cents, cost_quantity)
    SELECT DISTINCT ON (n.item_id, l.lot_code) p_shop_id, n.item_id, seller, l.lot_code, l.expires_on, l.expiry_precision, l.made_on,
           l.status, l.status_reason, l.certificate, l.cost_cents, l.cost_quantity
      FROM unnest(p_lines, p_items) n (line_no, item_id)
      JOIN transfer_lines t ON t.shop_id = p_from_shop_id AND t.transfer_id = p_transfer_id AND t.line_no = n.line_no
      JOIN lots l ON l.shop_id = t.shop_id AND l.id = t.lot_id
        ON CONFLICT (shop_id, item_id, supplier_id, lot_code) DO NOTHING;
    -- What was received from that shop before under the same code must be the same goods; a later bar holds for them too.
    IF EXISTS (SELECT FROM unnest(p_lines, p_items) n (line_no, item_id)
                 JOIN transfer_lines t ON t.shop_id = p_from_shop_id AND t.transfer_id = p_transfer_id AND t.line_no = n.line_no
                 JOIN lots l ON l.shop_id = t.shop_id AND l.id = t.lot_id
                 JOIN lots m ON m.shop_id = p_shop_id AND m.item_id = n.item_id AND m.supplier_id = seller
                            AND m.lot_code = l.lot_code
                WHERE m.expires_on IS DISTINCT FROM l.expires_on) THEN
        RAISE check_violation USING CONSTRAINT = 'transfer_same_expiry', MESSAGE = 'another expiry under the same lot code';
    END IF;
    UPDATE lots m SET status = l.status, status_reason = l.status_reason
      FROM unnest(p_lines, p_items) n (line_no, item_id)
      JOIN transfer_lines t ON t.shop_id = p_from_shop_id AND t.transfer_id = p_transfer_id AND t.line_no = n.line_no
      JOIN lots l ON l.shop_id = t.shop_id AND l.id = t.lot_id AND l.status <> 'released'
     WHERE m.shop_id = p_shop_id AND m.item_id = n.item_id AND m.supplier_id = seller AND m.lot_code = l.lot_code
       AND m.status = 'released';
    SELECT array_agg(m.id ORDER BY n.at), array_agg(t.lot_id ORDER BY n.at) INTO here, there
      FROM unnest(p_lines, p_items) WITH ORDINALITY n (line_no, item_id, at)
      JOIN transfer_lines t ON t.shop_id = p_from_shop_id AND t.transfer_id = p_transfer_id AND t.line_no = n.line_no
      JOIN lots m ON m.shop_id = p_shop_id AND m.item_id = n.item_id AND m.supplier_id = seller AND m.lot_code = t.lot_code;
    PERFORM stock_book_for(p_shop_id, here, array_fill(place_of(p_shop_id, 'other_shop'), ARRAY[cardinality(here)]), p_places,
                           p_quantities, 'arrived', 'receipt', receipt, 'transfer ' || p_transfer_id, p_user_id);
    PERFORM set_config('yaofang.shop_id', p_from_shop_id::text, true);
    PERFORM stock_book_for(p_from_shop_id, there, array_fill(place_of(p_from_shop_id, 'transit'), ARRAY[cardinality(there)]),
                           array_fill(place_of(p_from_shop_id, 'other_shop'), ARRAY[cardinality(there)]), p_quantities, 'sent',
                           'transfer', p_transfer_id, 'accepted by ' || coalesce(who, ''), NULL);
    PERFORM set_config('yaofang.shop_id', p_shop_id::text, true);
    RETURN receipt;
END
$$;
REVOKE ALL ON FUNCTION transfer_accept FROM PUBLIC;
GRANT EXECUTE ON FUNCTION transfer_accept TO yaofang_app;

-- What lies in 'transit' is what is open of the transfers: must show nothing else (`yaofang verify`).
CREATE VIEW transfer_differences WITH (security_invoker = true) AS
SELECT coalesce(b.shop_id, t.shop_id) AS shop_id, coalesce(b.lot_id, t.lot_id) AS lot_id,
       coalesce(b.quantity, 0) AS in_transit, coalesce(t.open, 0) AS open
  FROM (SELECT b.shop_id, b.lot_id, sum(b.quantity)::bigint AS quantity
          FROM balances b JOIN locations p ON p.shop_id = b.shop_id AND p.id = b.location_id AND p.kind = 'transit'
         GROUP BY b.shop_id, b.lot_id) b
  FULL JOIN (SELECT shop_id, lot_id, sum(open_quantity)::bigint AS open FROM transfer_lines
              WHERE shop_id = current_shop() OR current_shop() IS NULL GROUP BY shop_id, lot_id) t
    ON t.shop_id = b.shop_id AND t.lot_id = b.lot_id
 WHERE coalesce(b.quantity, 0) <> coalesce(t.open, 0);

DO $$
DECLARE
    owned text;
BEGIN
    FOREACH owned IN ARRAY ARRAY['lot_origins', 'purchase_orders', 'purchase_order_lines', 'purchase_receipts', 'attachments',
                                 'adjustments'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %I USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())', owned);
        EXECUTE format('GRANT SELECT ON %I TO yaofang_app, yaofang_read', owned);
    END LOOP;
    FOREACH owned IN ARRAY ARRAY['transfers', 'transfer_lines', 'transfer_ends'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %I USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())', owned);
        EXECUTE format('CREATE POLICY receiving_shop ON %I FOR SELECT USING (to_shop_id = current_shop())', owned);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO yaofang_app', owned);
        EXECUTE format('GRANT SELECT ON %I TO yaofang_read', owned);
    END LOOP;
END
$$;
GRANT SELECT ON stock_reasons, transfer_differences TO yaofang_app, yaofang_read;
GRANT INSERT ON lot_origins, purchase_receipts, attachments TO yaofang_app;
GRANT INSERT, UPDATE (state, expected_on, note, sent_at, ended_at) ON purchase_orders TO yaofang_app;
GRANT INSERT, UPDATE (quantity, cost_cents, received_quantity) ON purchase_order_lines TO yaofang_app;
GRANT UPDATE (undone_by, undone_at) ON receipts TO yaofang_app;
GRANT INSERT, UPDATE (state, decided_by, decided_at) ON adjustments TO yaofang_app;
GRANT UPDATE (open_quantity) ON transfer_lines TO yaofang_app;

-- Nothing is added to what was ordered once the order was sent; what has ended stays ended.
CREATE POLICY while_draft ON purchase_order_lines AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM purchase_orders o WHERE o.shop_id = purchase_order_lines.shop_id
               AND o.id = purchase_order_lines.purchase_order_id AND o.state = 'draft'));
CREATE POLICY not_ended ON purchase_orders AS RESTRICTIVE FOR UPDATE USING (state NOT IN ('closed', 'cancelled')) WITH CHECK (true);
-- A correction is decided once, and the limit it is held to is the shop's.
CREATE POLICY undecided ON adjustments AS RESTRICTIVE FOR UPDATE USING (state = 'asked') WITH CHECK (true);
CREATE POLICY shops_limit ON adjustments AS RESTRICTIVE FOR INSERT WITH CHECK (
    limit_cents <= (SELECT s.second_person_above_cents FROM shops s WHERE s.id = adjustments.shop_id)
    AND (single_person_mode_id IS NULL OR EXISTS (
        SELECT FROM single_person_modes m WHERE m.shop_id = adjustments.shop_id AND m.id = adjustments.single_person_mode_id
           AND m.switched_off_at IS NULL)));
-- A lot that has been used cannot get another past.
CREATE POLICY new_lots ON lot_origins AS RESTRICTIVE FOR INSERT WITH CHECK (
    NOT EXISTS (SELECT FROM stock_moves m WHERE m.shop_id = lot_origins.shop_id AND m.lot_id = lot_origins.lot_id
                   AND m.reason = 'dispensed'));
