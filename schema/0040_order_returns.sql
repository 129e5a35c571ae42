-- What comes back after the hand-over. An order that was handed over does not change (PRODUCT law 7): rows are added. Nothing that was
-- in a patient's hands goes back into a drawer: it is destroyed by one person and witnessed by another, and then its lots are booked
-- from the patient's side to loss.
SET LOCAL ROLE yaofang_owner;

-- Returns of an order are counted up, so that not more comes back than went out: each begins where the one before ended.
CREATE TABLE order_returns (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    return_no integer NOT NULL CHECK (return_no >= 1),
    previous_no integer GENERATED ALWAYS AS (nullif(return_no - 1, 0)) STORED,
    packets integer NOT NULL CONSTRAINT order_returns_packets CHECK (packets >= 1),
    packets_before integer NOT NULL,
    packets_upto integer NOT NULL,
    order_packets integer NOT NULL,
    use text GENERATED ALWAYS AS ('return') STORED,
    reason text NOT NULL,
    note_needed boolean NOT NULL,
    note text NOT NULL DEFAULT '' CONSTRAINT order_returns_note_length CHECK (length(note) <= 500),
    received_by bigint NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, return_no),
    CONSTRAINT order_returns_facts_once UNIQUE (shop_id, order_id, return_no, packets_upto),
    CONSTRAINT order_returns_counted CHECK (packets_upto = packets_before + packets AND (return_no > 1 OR packets_before = 0)),
    CONSTRAINT order_returns_not_more CHECK (packets_upto <= order_packets),
    CONSTRAINT order_returns_note CHECK (note <> '' OR NOT note_needed),
    CONSTRAINT order_returns_previous FOREIGN KEY (shop_id, order_id, previous_no, packets_before)
        REFERENCES order_returns (shop_id, order_id, return_no, packets_upto),
    CONSTRAINT order_returns_order FOREIGN KEY (shop_id, order_id, order_packets) REFERENCES orders (shop_id, id, packets),
    CONSTRAINT order_returns_handover FOREIGN KEY (shop_id, order_id) REFERENCES handovers,
    CONSTRAINT order_returns_reason FOREIGN KEY (use, reason, note_needed) REFERENCES order_reasons (use, code, note_needed),
    CONSTRAINT order_returns_by FOREIGN KEY (shop_id, received_by) REFERENCES users
);

CREATE TABLE order_destructions (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    return_no integer NOT NULL,
    use text GENERATED ALWAYS AS ('destroy') STORED,
    method text NOT NULL,
    note_needed boolean NOT NULL,
    note text NOT NULL DEFAULT '' CONSTRAINT order_destructions_note_length CHECK (length(note) <= 500),
    destroyed_by bigint NOT NULL,
    destroyed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, return_no),
    CONSTRAINT order_destructions_facts_once UNIQUE (shop_id, order_id, return_no, destroyed_by),
    CONSTRAINT order_destructions_note CHECK (note <> '' OR NOT note_needed),
    CONSTRAINT order_destructions_return FOREIGN KEY (shop_id, order_id, return_no) REFERENCES order_returns,
    CONSTRAINT order_destructions_method FOREIGN KEY (use, method, note_needed) REFERENCES order_reasons (use, code, note_needed),
    CONSTRAINT order_destructions_by FOREIGN KEY (shop_id, destroyed_by) REFERENCES users
);

-- The second person, by her own act; in the recorded single-person mode the same person, after its delay. One of the two is a
-- pharmacist.
CREATE TABLE destruction_witnesses (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    return_no integer NOT NULL,
    destroyed_by bigint NOT NULL,
    witnessed_by bigint NOT NULL,
    single_person_mode_id bigint,
    witnessed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, return_no),
    CONSTRAINT destruction_witnesses_two_people CHECK (witnessed_by <> destroyed_by OR single_person_mode_id IS NOT NULL),
    CONSTRAINT destruction_witnesses_destruction FOREIGN KEY (shop_id, order_id, return_no, destroyed_by)
        REFERENCES order_destructions (shop_id, order_id, return_no, destroyed_by),
    CONSTRAINT destruction_witnesses_by FOREIGN KEY (shop_id, witnessed_by) REFERENCES users,
    CONSTRAINT destruction_witnesses_mode FOREIGN KEY (shop_id, single_person_mode_id) REFERENCES single_person_modes
);

-- What of a lot in an order lies in the packets up to the `upto`th: so that the shares of all packets are the whole.
CREATE FUNCTION packets_upto_share(weight bigint, packets bigint, upto bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (weight::numeric * upto / packets)::bigint;

-- What the lots of a return were booked as, and must be booked as once it is witnessed.
CREATE VIEW return_lots WITH (security_invoker = true) AS
SELECT r.shop_id, r.order_id, r.return_no, w.lot_id,
       packets_upto_share(w.weighed, r.order_packets, r.packets_upto) - packets_upto_share(w.weighed, r.order_packets, r.packets_before)
       AS quantity
  FROM order_returns r
  JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
  JOIN LATERAL (SELECT w.lot_id, sum(w.weighed)::bigint AS weighed FROM weighings w
                 WHERE w.shop_id = o.shop_id AND w.order_id = o.id AND w.allocation_no = o.allocation_no GROUP BY w.lot_id) w ON true;

CREATE OR REPLACE VIEW order_differences WITH (security_invoker = true) AS
SELECT s.shop_id, 'prescription ' || s.prescription_id || ' version ' || s.version || ' supply ' || s.supply_no AS subject,
       s.packets_ordered::text AS value, 'packets must be those of its orders: ' || coalesce(o.packets, 0) AS rule
  FROM supplies s
  LEFT JOIN (SELECT shop_id, prescription_id, version, supply_no, sum(packets) AS packets FROM orders
              WHERE state NOT IN ('cancelled', 'rejected', 'wasted') GROUP BY shop_id, prescription_id, version, supply_no) o
    ON o.shop_id = s.shop_id AND o.prescription_id = s.prescription_id AND o.version = s.version AND o.supply_no = s.supply_no
 WHERE s.packets_ordered <> coalesce(o.packets, 0)
UNION ALL
SELECT w.shop_id, 'order ' || w.order_id || ' lot ' || l.lot_id, coalesce(m.lost, 0)::text, 'must have been lost as weighed: ' || l.weighed
  FROM order_wastes w
  JOIN orders o ON o.shop_id = w.shop_id AND o.id = w.order_id
  JOIN (SELECT shop_id, order_id, allocation_no, lot_id, sum(weighed) AS weighed FROM weighings
         GROUP BY shop_id, order_id, allocation_no, lot_id) l
    ON l.shop_id = o.shop_id AND l.order_id = o.id AND l.allocation_no = o.allocation_no
  LEFT JOIN LATERAL (SELECT sum(quantity) AS lost FROM stock_moves m WHERE m.shop_id = w.shop_id AND m.order_id = w.order_id
                        AND m.lot_id = l.lot_id AND m.reason = 'lost') m ON true
 WHERE coalesce(m.lost, 0) <> l.weighed
UNION ALL
SELECT r.shop_id, 'order ' || r.order_id || ' lot ' || r.lot_id, coalesce(m.lost, 0)::text,
       'must have been lost as came back and was destroyed: ' || r.quantity
  FROM (SELECT r.shop_id, r.order_id, r.lot_id, sum(r.quantity)::bigint AS quantity
          FROM return_lots r
          JOIN destruction_witnesses d ON d.shop_id = r.shop_id AND d.order_id = r.order_id AND d.return_no = r.return_no
         GROUP BY r.shop_id, r.order_id, r.lot_id) r
  LEFT JOIN LATERAL (SELECT sum(quantity) AS lost FROM stock_moves m WHERE m.shop_id = r.shop_id AND m.order_id = r.order_id
                        AND m.lot_id = r.lot_id AND m.reason = 'lost') m ON true
 WHERE coalesce(m.lost, 0) <> r.quantity;

DO $$
DECLARE
    owned text;
BEGIN
    FOREACH owned IN ARRAY ARRAY['order_returns', 'order_destructions', 'destruction_witnesses'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %I USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())', owned);
        EXECUTE format('GRANT SELECT ON %I TO yaofang_app, yaofang_read', owned);
        EXECUTE format('GRANT INSERT ON %I TO yaofang_app', owned);
    END LOOP;
END
$$;
GRANT SELECT ON return_lots TO yaofang_app, yaofang_read;
CREATE POLICY by_role ON order_returns AS RESTRICTIVE FOR INSERT WITH CHECK (holds_role(shop_id, received_by, '{pharmacist,staff}'));
CREATE POLICY by_role ON order_destructions AS RESTRICTIVE FOR INSERT
    WITH CHECK (holds_role(shop_id, destroyed_by, '{pharmacist,staff}'));
CREATE POLICY by_role ON destruction_witnesses AS RESTRICTIVE FOR INSERT WITH CHECK (
    holds_role(shop_id, witnessed_by, '{pharmacist,staff}')
    AND (holds_role(shop_id, witnessed_by, '{pharmacist}') OR holds_role(shop_id, destroyed_by, '{pharmacist}')));
CREATE POLICY one_person ON destruction_witnesses AS RESTRICTIVE FOR INSERT WITH CHECK (
    single_person_mode_id IS NULL
    OR second_look_due(shop_id, single_person_mode_id, (SELECT d.destroyed_at FROM order_destructions d
        WHERE d.shop_id = destruction_witnesses.shop_id AND d.order_id = destruction_witnesses.order_id
          AND d.return_no = destruction_witnesses.return_no)));
