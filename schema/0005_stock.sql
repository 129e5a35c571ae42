-- What lies where: items, lots, locations, and the double-entry ledger that alone moves quantities (PRODUCT law 2).
-- Quantities are whole numbers in the item's unit: milligrams, or pieces.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE suppliers (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    code text NOT NULL,
    name text NOT NULL,
    name_hanzi text,
    phone text,
    email text,
    city text,
    supplies text,
    lead_time_days integer CHECK (lead_time_days >= 0),
    certificate_note text,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT suppliers_code_unique UNIQUE (shop_id, code)
);

CREATE TABLE tax_categories (
    shop_id bigint NOT NULL REFERENCES shops,
    tax_category text NOT NULL,
    name text NOT NULL,
    rate_basis_points integer NOT NULL CHECK (rate_basis_points BETWEEN 0 AND 10000),
    note text,
    PRIMARY KEY (shop_id, tax_category)
);

-- Supplier, patient, loss and adjustment are locations too: what leaves one place arrives in another. `internal` places are
-- the shop's own, and can never hold less than nothing.
CREATE TABLE locations (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    code text NOT NULL CONSTRAINT locations_code_length CHECK (length(code) BETWEEN 1 AND 40),
    name text NOT NULL,
    kind text NOT NULL CONSTRAINT locations_kind_known
        CHECK (kind IN ('drawer', 'cabinet', 'shelf', 'refrigerator', 'bench', 'quarantine',
                        'supplier', 'patient', 'loss', 'adjustment')),
    internal boolean NOT NULL GENERATED ALWAYS AS (kind NOT IN ('supplier', 'patient', 'loss', 'adjustment')) STORED,
    restricted boolean NOT NULL DEFAULT false,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT locations_code_unique UNIQUE (shop_id, code),
    CONSTRAINT locations_internal_once UNIQUE (shop_id, id, internal)
);

CREATE TABLE items (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    sku text NOT NULL CONSTRAINT items_sku_length CHECK (length(sku) BETWEEN 1 AND 60),
    item_kind text NOT NULL CONSTRAINT items_kind_known CHECK (item_kind IN ('raw', 'granule', 'powder', 'product')),
    herb_id slug CONSTRAINT items_herb REFERENCES herbs,
    product_id slug CONSTRAINT items_product REFERENCES products,
    preparation text,
    name text NOT NULL,
    name_hanzi text,
    unit text NOT NULL CONSTRAINT items_unit_known CHECK (unit IN ('mg', 'each')),
    -- Grams of crude herb in one gram of the item: 1/1 raw, 5/1 most granules.
    ratio_numerator bigint NOT NULL DEFAULT 1 CONSTRAINT items_ratio_numerator CHECK (ratio_numerator BETWEEN 1 AND 1000000),
    ratio_denominator bigint NOT NULL DEFAULT 1
        CONSTRAINT items_ratio_denominator CHECK (ratio_denominator BETWEEN 1 AND 1000000),
    price_cents bigint NOT NULL DEFAULT 0 CONSTRAINT items_price CHECK (price_cents >= 0),
    price_per_quantity bigint NOT NULL DEFAULT 1 CONSTRAINT items_price_per CHECK (price_per_quantity > 0),
    tax_category text,
    home_location_id bigint,
    reorder_quantity bigint CONSTRAINT items_reorder CHECK (reorder_quantity >= 0),
    gtin text,
    flags text NOT NULL DEFAULT '',
    demo boolean NOT NULL DEFAULT false,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT items_sku_unique UNIQUE (shop_id, sku),
    CONSTRAINT items_is_herb_or_product CHECK (CASE item_kind WHEN 'product' THEN product_id IS NOT NULL AND herb_id IS NULL
                                                    ELSE herb_id IS NOT NULL AND product_id IS NULL AND unit = 'mg' END),
    CONSTRAINT items_tax_category FOREIGN KEY (shop_id, tax_category) REFERENCES tax_categories,
    CONSTRAINT items_home FOREIGN KEY (shop_id, home_location_id) REFERENCES locations
);
CREATE INDEX items_by_herb ON items (shop_id, herb_id, item_kind);

-- expires_on is the last day of use; with month precision the month's last day. NULL: does not expire.
CREATE TABLE lots (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    item_id bigint NOT NULL,
    supplier_id bigint NOT NULL,
    lot_code text NOT NULL CONSTRAINT lots_code_length CHECK (length(lot_code) BETWEEN 1 AND 60),
    expires_on date CONSTRAINT lots_expiry_range CHECK (expires_on BETWEEN '2000-01-01' AND '2199-12-31'),
    expiry_precision text NOT NULL DEFAULT 'day',
    status text NOT NULL DEFAULT 'quarantined' CONSTRAINT lots_status_known
        CHECK (status IN ('released', 'quarantined', 'held', 'recalled')),
    status_reason text NOT NULL DEFAULT '',
    certificate text NOT NULL DEFAULT '',
    cost_cents bigint NOT NULL DEFAULT 0 CONSTRAINT lots_cost CHECK (cost_cents >= 0), -- of cost_quantity
    cost_quantity bigint NOT NULL DEFAULT 1 CONSTRAINT lots_cost_quantity CHECK (cost_quantity > 0),
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT lots_code_unique UNIQUE (shop_id, item_id, supplier_id, lot_code),
    CONSTRAINT lots_expiry_precision CHECK (expiry_precision IN ('day', 'month')
        AND (expiry_precision = 'day'
             OR expires_on = (date_trunc('month', expires_on::timestamp) + interval '1 month - 1 day')::date)),
    CONSTRAINT lots_item FOREIGN KEY (shop_id, item_id) REFERENCES items,
    CONSTRAINT lots_supplier FOREIGN KEY (shop_id, supplier_id) REFERENCES suppliers
) WITH (fillfactor = 90);
CREATE INDEX lots_by_item ON lots (shop_id, item_id);

CREATE TABLE lot_events (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    lot_id bigint NOT NULL,
    status text NOT NULL,
    reason text NOT NULL,
    user_id bigint,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT lot_events_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots,
    CONSTRAINT lot_events_user FOREIGN KEY (shop_id, user_id) REFERENCES users
);

-- Why a lot may not be used on `on_date` for a course whose last day is `until`; NULL when it may. The one function every
-- path asks (PRODUCT law 3): usable through the day it expires on.
CREATE FUNCTION lot_refusal(status text, expires_on date, on_date date, until date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN status <> 'released' THEN status
                WHEN expires_on < on_date THEN 'expired'
                WHEN expires_on < until THEN 'expires_before_course_ends' END;

CREATE FUNCTION lot_usable(status text, expires_on date, on_date date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN lot_refusal(status, expires_on, on_date, on_date) IS NULL;

CREATE TABLE receipts (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    supplier_id bigint NOT NULL,
    invoice text NOT NULL CONSTRAINT receipts_invoice_length CHECK (length(invoice) BETWEEN 1 AND 80),
    received_by bigint,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT receipts_invoice_unique UNIQUE (shop_id, supplier_id, invoice),
    CONSTRAINT receipts_supplier FOREIGN KEY (shop_id, supplier_id) REFERENCES suppliers,
    CONSTRAINT receipts_received_by FOREIGN KEY (shop_id, received_by) REFERENCES users
);

-- The ledger: `quantity` of one lot went from one location to another. Never edited, never deleted.
CREATE TABLE stock_moves (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    lot_id bigint NOT NULL,
    from_location_id bigint NOT NULL,
    to_location_id bigint NOT NULL,
    quantity bigint NOT NULL CONSTRAINT stock_moves_quantity CHECK (quantity BETWEEN 1 AND 100000000000),
    reason text NOT NULL CONSTRAINT stock_moves_reason_known
        CHECK (reason IN ('received', 'dispensed', 'moved', 'lost', 'adjusted', 'returned')),
    order_id bigint,   -- for 'dispensed' and 'returned'
    receipt_id bigint, -- for 'received'
    note text NOT NULL DEFAULT '',
    user_id bigint,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT stock_moves_two_places CHECK (from_location_id <> to_location_id),
    CONSTRAINT stock_moves_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots,
    CONSTRAINT stock_moves_from FOREIGN KEY (shop_id, from_location_id) REFERENCES locations,
    CONSTRAINT stock_moves_to FOREIGN KEY (shop_id, to_location_id) REFERENCES locations,
    CONSTRAINT stock_moves_receipt FOREIGN KEY (shop_id, receipt_id) REFERENCES receipts,
    CONSTRAINT stock_moves_user FOREIGN KEY (shop_id, user_id) REFERENCES users
);
CREATE INDEX stock_moves_by_lot ON stock_moves (shop_id, lot_id);
CREATE INDEX stock_moves_by_order ON stock_moves (shop_id, order_id) WHERE order_id IS NOT NULL;

-- The sum of the moves per lot and location, kept by stock_book in the transaction of the move.
CREATE TABLE balances (
    shop_id bigint NOT NULL,
    lot_id bigint NOT NULL,
    location_id bigint NOT NULL,
    internal boolean NOT NULL,
    quantity bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (shop_id, lot_id, location_id),
    CONSTRAINT balances_not_negative CHECK (quantity >= 0 OR NOT internal),
    CONSTRAINT balances_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots,
    CONSTRAINT balances_location FOREIGN KEY (shop_id, location_id, internal) REFERENCES locations (shop_id, id, internal)
) WITH (fillfactor = 80);

-- The only way to move stock: writes the moves and brings the balances along. The service may call it but write neither
-- table itself, so a balance cannot drift from its moves. Lots are locked in id order before anything is read, as allocation
-- locks them too: two bookings cannot deadlock, and the second sees what the first left. The four arrays run in parallel.
CREATE FUNCTION stock_book(p_shop_id bigint, p_lots bigint[], p_from bigint[], p_to bigint[], p_quantities bigint[],
                           p_reason text, p_order_id bigint, p_receipt_id bigint, p_note text, p_user_id bigint)
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
    INSERT INTO stock_moves (shop_id, lot_id, from_location_id, to_location_id, quantity, reason, order_id, receipt_id, note,
                             user_id)
    SELECT p_shop_id, m.lot_id, m.origin, m.goal, m.quantity, p_reason, p_order_id, p_receipt_id, coalesce(p_note, ''),
           p_user_id
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
REVOKE ALL ON FUNCTION stock_book FROM PUBLIC;

-- Where balances and ledger disagree: must show nothing, ever (`yaofang verify`).
CREATE VIEW ledger_differences WITH (security_invoker = true) AS
SELECT coalesce(m.shop_id, b.shop_id) AS shop_id, coalesce(m.lot_id, b.lot_id) AS lot_id,
       coalesce(m.location_id, b.location_id) AS location_id,
       coalesce(m.quantity, 0) AS ledger, coalesce(b.quantity, 0) AS balance
  FROM (SELECT shop_id, lot_id, location_id, sum(change)::bigint AS quantity
          FROM (SELECT shop_id, lot_id, from_location_id AS location_id, -quantity AS change FROM stock_moves
                 UNION ALL
                SELECT shop_id, lot_id, to_location_id, quantity FROM stock_moves) e
         GROUP BY shop_id, lot_id, location_id) m
  FULL JOIN balances b ON b.shop_id = m.shop_id AND b.lot_id = m.lot_id AND b.location_id = m.location_id
 WHERE coalesce(m.quantity, 0) <> coalesce(b.quantity, 0);
