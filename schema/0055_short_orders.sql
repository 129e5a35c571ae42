-- An order for which there is not enough is `short`: a state of its own, with what was missing of each line as rows that are only added,
-- so that somebody can order it, look for a substitute, supply a part, or try again when stock has come. The database holds that a
-- short order has such rows and nothing reserved.
SET LOCAL ROLE yaofang_owner;

-- A go at reserving that failed. The first of its lines is named, so that none is without lines.
CREATE TABLE order_shorts (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    short_no integer NOT NULL CHECK (short_no >= 1),
    previous_short_no integer GENERATED ALWAYS AS (nullif(short_no - 1, 0)) STORED,
    first_line_no integer NOT NULL,
    course_ends_on date NOT NULL, -- what the lots had to outlive
    tried_by bigint NOT NULL,
    tried_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, short_no),
    CONSTRAINT order_shorts_order FOREIGN KEY (shop_id, order_id) REFERENCES orders,
    CONSTRAINT order_shorts_previous FOREIGN KEY (shop_id, order_id, previous_short_no) REFERENCES order_shorts,
    CONSTRAINT order_shorts_by FOREIGN KEY (shop_id, tried_by) REFERENCES users
);

-- What was there of a line that might be used, and what lay there but might not.
CREATE TABLE order_short_lines (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    short_no integer NOT NULL,
    line_no integer NOT NULL,
    wanted bigint NOT NULL,
    there bigint NOT NULL CONSTRAINT order_short_lines_there CHECK (there >= 0),
    missing bigint GENERATED ALWAYS AS (wanted - there) STORED,
    barred bigint NOT NULL CONSTRAINT order_short_lines_barred CHECK (barred >= 0),
    PRIMARY KEY (shop_id, order_id, short_no, line_no),
    CONSTRAINT order_short_lines_missing CHECK (there < wanted),
    CONSTRAINT order_short_lines_short FOREIGN KEY (shop_id, order_id, short_no) REFERENCES order_shorts,
    CONSTRAINT order_short_lines_line FOREIGN KEY (shop_id, order_id, line_no) REFERENCES order_lines
);
ALTER TABLE order_shorts ADD CONSTRAINT order_shorts_first_line FOREIGN KEY (shop_id, order_id, short_no, first_line_no)
    REFERENCES order_short_lines DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE orders
    ADD COLUMN short_no integer, -- the latest such go
    DROP CONSTRAINT orders_state_known,
    ADD CONSTRAINT orders_state_known CHECK (state IN ('entered', 'short', 'allocated', 'released', 'weighed', 'checked',
                                                       'handed_over', 'cancelled', 'rejected', 'wasted')),
    DROP CONSTRAINT orders_allocated,
    ADD CONSTRAINT orders_allocated
        CHECK (allocation_no IS NOT NULL OR state IN ('entered', 'short', 'cancelled', 'rejected')),
    ADD CONSTRAINT orders_short CHECK (state <> 'short' OR (short_no IS NOT NULL AND allocation_no IS NULL)),
    ADD CONSTRAINT orders_short_go FOREIGN KEY (shop_id, id, short_no) REFERENCES order_shorts;

DO $$
DECLARE
    owned text;
BEGIN
    FOREACH owned IN ARRAY ARRAY['order_shorts', 'order_short_lines'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %I USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())', owned);
        EXECUTE format('GRANT SELECT ON %I TO yaofang_app, yaofang_read', owned);
        EXECUTE format('GRANT INSERT ON %I TO yaofang_app', owned);
    END LOOP;
END
$$;
GRANT UPDATE (short_no) ON orders TO yaofang_app;

-- Short is who waits for stock: not stopped, not released, and nothing set aside. (An allocation whose time has run out sets nothing
-- aside any more.)
CREATE POLICY where_it_belongs ON order_shorts AS RESTRICTIVE FOR INSERT WITH CHECK (
    holds_role(shop_id, tried_by, '{pharmacist,staff}')
    AND EXISTS (SELECT FROM orders o WHERE o.shop_id = order_shorts.shop_id AND o.id = order_shorts.order_id
                   AND o.state IN ('entered', 'short', 'allocated') AND o.stopped_state IS NULL)
    AND NOT EXISTS (SELECT FROM reservations r WHERE r.shop_id = order_shorts.shop_id AND r.order_id = order_shorts.order_id
                       AND r.ended_at IS NULL AND r.expires_at > now()));
CREATE POLICY short ON orders AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (
    state <> 'short'
    OR (NOT EXISTS (SELECT FROM releases r WHERE r.shop_id = orders.shop_id AND r.order_id = orders.id)
        AND NOT EXISTS (SELECT FROM reservations r WHERE r.shop_id = orders.shop_id AND r.order_id = orders.id
                           AND r.ended_at IS NULL)));

-- From there it is allocated after all, stopped, declined or cancelled, as one that was only entered.
ALTER POLICY where_it_belongs ON allocations WITH CHECK (
    EXISTS (SELECT FROM orders o WHERE o.shop_id = allocations.shop_id AND o.id = allocations.order_id
               AND o.state IN ('entered', 'short', 'allocated', 'released')));
ALTER POLICY where_it_belongs ON reservations WITH CHECK (
    EXISTS (SELECT FROM orders o WHERE o.shop_id = reservations.shop_id AND o.id = reservations.order_id
               AND o.state IN ('entered', 'short', 'allocated', 'released')));
ALTER POLICY where_it_belongs ON order_stops WITH CHECK (
    EXISTS (SELECT FROM orders o WHERE o.shop_id = order_stops.shop_id AND o.id = order_stops.order_id
               AND o.stopped_state = order_stops.state
               AND o.state IN ('entered', 'short', 'allocated', 'released', 'weighed', 'checked')));
ALTER POLICY where_it_belongs ON order_rejections WITH CHECK (
    holds_role(shop_id, rejected_by, '{pharmacist}')
    AND EXISTS (SELECT FROM orders o WHERE o.shop_id = order_rejections.shop_id AND o.id = order_rejections.order_id
                   AND o.state IN ('entered', 'short', 'allocated')));

-- What short orders want: the lines of the latest go of each order that is short now.
CREATE VIEW short_lines WITH (security_invoker = true) AS
SELECT o.shop_id, o.id AS order_id, o.prescription_id, o.version, o.patient_id, o.packets, l.line_no, n.herb_id, n.item_id, l.wanted,
       l.there, l.missing, l.barred, g.course_ends_on, g.tried_by, g.tried_at
  FROM orders o
  JOIN order_shorts g ON g.shop_id = o.shop_id AND g.order_id = o.id AND g.short_no = o.short_no
  JOIN order_short_lines l ON l.shop_id = g.shop_id AND l.order_id = g.order_id AND l.short_no = g.short_no
  JOIN order_lines n ON n.shop_id = l.shop_id AND n.order_id = l.order_id AND n.line_no = l.line_no
 WHERE o.state = 'short';
GRANT SELECT ON short_lines TO yaofang_app, yaofang_read;

-- What of an item is free now and may be used until that day: not set aside for anybody.
CREATE FUNCTION item_free(p_shop_id bigint, p_item_id bigint, p_until date) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(sum(greatest(0, b.quantity - coalesce((SELECT sum(v.quantity) FROM reservations v
                                                            WHERE v.shop_id = p_shop_id AND v.lot_id = l.id
                                                              AND v.location_id = b.location_id AND v.ended_at IS NULL
                                                              AND v.expires_at > now()), 0))), 0)::bigint
      FROM lots l
      JOIN balances b ON b.shop_id = p_shop_id AND b.lot_id = l.id AND b.internal AND b.quantity > 0
      JOIN locations p ON p.shop_id = p_shop_id AND p.id = b.location_id
     WHERE l.shop_id = p_shop_id AND l.item_id = p_item_id AND l.in_stock
       AND lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today(p_shop_id)), p_until) IS NULL;
END;

-- How many packets of a short order can be made, at the least, of what is free now until the end of the whole course: as many as every
-- item allows, the heavier packets first as packets_share has them. All of them: allocating again will do.
CREATE FUNCTION packets_possible(p_shop_id bigint, p_order_id bigint) RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH needed AS MATERIALIZED (
        SELECT l.item_id, array_agg(l.quantity) AS quantities, item_free(p_shop_id, l.item_id, g.course_ends_on) AS free, o.packets
          FROM orders o
          JOIN order_shorts g ON g.shop_id = o.shop_id AND g.order_id = o.id AND g.short_no = o.short_no
          JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.id
         WHERE o.shop_id = p_shop_id AND o.id = p_order_id
         GROUP BY l.item_id, o.packets, g.course_ends_on
    )
    SELECT coalesce(min((SELECT coalesce(max(k.n), 0)
                           FROM generate_series(1, i.packets) k (n)
                          WHERE (SELECT sum(packets_share(q.quantity, i.packets, k.n)) FROM unnest(i.quantities) q (quantity)) <= i.free)),
                    0)::integer
      FROM needed i;
END;
