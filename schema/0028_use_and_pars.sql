-- How much of each item is used, day by day, so that what to buy is worked out from some hundred rows a season instead of the
-- ledger; and how much of an item a drawer should hold.
SET LOCAL ROLE yaofang_owner;

-- The ledger is written in the order of time, so a block range index finds a span of it and costs next to nothing.
CREATE INDEX stock_moves_at ON stock_moves USING brin (at) WITH (pages_per_range = 16, autosummarize = on);

-- What went to patients and into batches on a civil day of the shop that is over. Derived from the ledger, which is never
-- changed, so a day is added once and stays. The days up to use_days.through are there; later ones are read from the ledger.
CREATE TABLE item_uses (
    shop_id bigint NOT NULL REFERENCES shops,
    item_id bigint NOT NULL,
    used_on date NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (shop_id, used_on, item_id),
    CONSTRAINT item_uses_item FOREIGN KEY (shop_id, item_id) REFERENCES items
);
CREATE TABLE use_days (
    shop_id bigint NOT NULL REFERENCES shops,
    through date NOT NULL,
    PRIMARY KEY (shop_id)
);

-- The ledger's use of a span of days, both included.
CREATE FUNCTION ledger_uses(p_shop_id bigint, p_from date, p_to date)
RETURNS TABLE (item_id bigint, used_on date, quantity bigint) LANGUAGE sql STABLE AS $$
    SELECT l.item_id, (m.at AT TIME ZONE s.time_zone)::date, sum(m.quantity)::bigint
      FROM shops s
      JOIN stock_moves m ON m.shop_id = s.id AND m.at >= p_from::timestamp AT TIME ZONE s.time_zone
                        AND m.at < (p_to + 1)::timestamp AT TIME ZONE s.time_zone
      JOIN locations o ON o.shop_id = s.id AND o.id = m.from_location_id AND o.internal
      JOIN locations g ON g.shop_id = s.id AND g.id = m.to_location_id AND g.kind IN ('patient', 'production')
      JOIN lots l ON l.shop_id = s.id AND l.id = m.lot_id
     WHERE s.id = p_shop_id
     GROUP BY 1, 2
$$;

-- Use of each item in the last p_days days and today.
CREATE FUNCTION item_use(p_shop_id bigint, p_days integer) RETURNS TABLE (item_id bigint, quantity bigint) LANGUAGE sql STABLE AS $$
    SELECT item_id, sum(quantity)::bigint
      FROM (SELECT u.item_id, u.quantity FROM item_uses u
             WHERE u.shop_id = p_shop_id AND u.used_on >= shop_today(p_shop_id) - p_days
             UNION ALL
            SELECT u.item_id, u.quantity
              FROM ledger_uses(p_shop_id,
                               greatest((SELECT d.through + 1 FROM use_days d WHERE d.shop_id = p_shop_id),
                                        shop_today(p_shop_id) - p_days), shop_today(p_shop_id)) u) used
     GROUP BY item_id
$$;

-- What a drawer (or shelf) should hold of an item; 0: no more said of it.
CREATE TABLE pars (
    shop_id bigint NOT NULL,
    location_id bigint NOT NULL,
    item_id bigint NOT NULL,
    quantity bigint NOT NULL CONSTRAINT pars_quantity CHECK (quantity BETWEEN 0 AND 100000000000),
    set_by bigint,
    set_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, location_id, item_id),
    CONSTRAINT pars_location FOREIGN KEY (shop_id, location_id) REFERENCES locations,
    CONSTRAINT pars_item FOREIGN KEY (shop_id, item_id) REFERENCES items,
    CONSTRAINT pars_set_by FOREIGN KEY (shop_id, set_by) REFERENCES users
);

DO $$
DECLARE
    made regclass;
BEGIN
    FOREACH made IN ARRAY ARRAY['item_uses', 'use_days', 'pars']::regclass[] LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', made);
        EXECUTE format('CREATE POLICY same_shop ON %s USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())', made);
        EXECUTE format('GRANT SELECT ON %s TO yaofang_app, yaofang_read', made);
    END LOOP;
END
$$;
GRANT INSERT ON item_uses TO yaofang_app;
GRANT INSERT, UPDATE (through) ON use_days TO yaofang_app;
GRANT INSERT, UPDATE (quantity, set_by, set_at) ON pars TO yaofang_app;
