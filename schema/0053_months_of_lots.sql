-- What stock was worth at a month's end, and what a month changed of it, without reading the ledger again: after ten million moves
-- there are some 170,000 in a month, and the report took four tenths of a second. Both are derived from the ledger, which is
-- never changed, by months_roll_up alone.
SET LOCAL ROLE yaofang_owner;

-- Every span of time is exact now and of one shop: block ranges of 16 pages, of all shops together, cost more to look through
-- than the newest days hold. It is written at its right end only, so a booking hardly feels it.
DROP INDEX stock_moves_at;
CREATE INDEX stock_moves_by_time ON stock_moves (shop_id, at);
-- A lot's moves of some days too: an item's ledger of a month read every move of the month.
DROP INDEX stock_moves_by_lot;
CREATE INDEX stock_moves_by_lot ON stock_moves (shop_id, lot_id, at);

-- Months as they were when they were added up: from began_at to until_at, two instants, so that a shop that moves to another
-- time zone has no wrong sums. The next month begins where the last one ended; before the first is an empty one that is closed.
CREATE TABLE stock_months (
    shop_id bigint NOT NULL REFERENCES shops,
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    began_at timestamptz NOT NULL,
    until_at timestamptz NOT NULL,
    closed boolean NOT NULL DEFAULT false, -- over, and its closings are written
    PRIMARY KEY (shop_id, month),
    CHECK (began_at <= until_at)
);

-- What the moves of a month, up to its until_at, changed of what lies of a lot in the shop's own places.
CREATE TABLE lot_months (
    shop_id bigint NOT NULL,
    month date NOT NULL,
    lot_id bigint NOT NULL,
    reason text NOT NULL,
    moves bigint NOT NULL CHECK (moves > 0),
    change bigint NOT NULL,
    PRIMARY KEY (shop_id, month, lot_id, reason),
    FOREIGN KEY (shop_id, month) REFERENCES stock_months,
    FOREIGN KEY (shop_id, lot_id) REFERENCES lots
);

-- What lay of each lot in the shop's own places when a month ended; lots of which nothing lay have no row.
CREATE TABLE lot_closings (
    shop_id bigint NOT NULL,
    month date NOT NULL,
    lot_id bigint NOT NULL,
    quantity bigint NOT NULL CHECK (quantity <> 0),
    PRIMARY KEY (shop_id, month, lot_id),
    FOREIGN KEY (shop_id, month) REFERENCES stock_months,
    FOREIGN KEY (shop_id, lot_id) REFERENCES lots
);

DO $$
DECLARE
    made regclass;
BEGIN
    FOREACH made IN ARRAY ARRAY['stock_months', 'lot_months', 'lot_closings']::regclass[] LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', made);
        EXECUTE format('CREATE POLICY same_shop ON %s USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())', made);
        EXECUTE format('GRANT SELECT ON %s TO yaofang_app, yaofang_read', made);
    END LOOP;
END
$$;

-- Adds what is over of the month that is not closed, and closes it when it is over; says whether there was anything to do. A day is over when the next one is too: then no transaction that began on it is still open. Two at once:
-- the second waits for the first one's row, and goes on from there.
CREATE FUNCTION months_roll_up(p_shop_id bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    zone text;
    last stock_months;
    since timestamptz;
    until timestamptz;
    month_end timestamptz;
BEGIN
    IF p_shop_id IS DISTINCT FROM current_shop() THEN
        RAISE insufficient_privilege USING MESSAGE = 'another shop''s stock';
    END IF;
    SELECT time_zone INTO zone FROM shops WHERE id = p_shop_id;
    INSERT INTO stock_months (shop_id, month, began_at, until_at, closed)
    SELECT p_shop_id, b.month - interval '1 month', b.month AT TIME ZONE zone, b.month AT TIME ZONE zone, true
      FROM (SELECT date_trunc('month', min(at) AT TIME ZONE zone) AS month FROM stock_moves WHERE shop_id = p_shop_id) b
     WHERE b.month IS NOT NULL AND NOT EXISTS (SELECT FROM stock_months WHERE shop_id = p_shop_id)
        ON CONFLICT DO NOTHING;
    INSERT INTO stock_months (shop_id, month, began_at, until_at)
    SELECT p_shop_id, (month + interval '1 month')::date, until_at, until_at
      FROM (SELECT * FROM stock_months WHERE shop_id = p_shop_id ORDER BY month DESC LIMIT 1) m WHERE closed
        ON CONFLICT DO NOTHING;
    SELECT * INTO last FROM stock_months WHERE shop_id = p_shop_id ORDER BY month DESC LIMIT 1 FOR UPDATE;
    since := last.until_at;
    month_end := greatest(since, (last.month + interval '1 month') AT TIME ZONE zone);
    until := least(month_end, (shop_today(p_shop_id) - 1)::timestamp AT TIME ZONE zone);
    IF last IS NULL OR last.closed OR until < since OR (until = since AND until < month_end) THEN
        RETURN false;
    END IF;
    INSERT INTO lot_months AS e (shop_id, month, lot_id, reason, moves, change)
    SELECT p_shop_id, last.month, m.lot_id, m.reason, count(*), sum(CASE WHEN t.internal THEN m.quantity ELSE -m.quantity END)
      FROM stock_moves m
      JOIN locations f ON f.shop_id = p_shop_id AND f.id = m.from_location_id
      JOIN locations t ON t.shop_id = p_shop_id AND t.id = m.to_location_id
     WHERE m.shop_id = p_shop_id AND m.at >= since AND m.at < until AND f.internal <> t.internal
     GROUP BY m.lot_id, m.reason
        ON CONFLICT (shop_id, month, lot_id, reason) DO UPDATE SET moves = e.moves + excluded.moves, change = e.change + excluded.change;
    IF until = month_end THEN
        INSERT INTO lot_closings (shop_id, month, lot_id, quantity)
        SELECT p_shop_id, last.month, q.lot_id, sum(q.quantity)
          FROM (SELECT lot_id, quantity FROM lot_closings WHERE shop_id = p_shop_id AND month = last.month - interval '1 month'
                 UNION ALL
                SELECT lot_id, change FROM lot_months WHERE shop_id = p_shop_id AND month = last.month) q
         GROUP BY q.lot_id HAVING sum(q.quantity) <> 0;
    END IF;
    UPDATE stock_months SET until_at = until, closed = until = month_end WHERE shop_id = p_shop_id AND month = last.month;
    RETURN true;
END
$$;
-- Where they are not what the ledger says: must show nothing, ever (`yaofang verify`). A lot's changes of each month, and its closing
-- of the newest month that is closed.
CREATE VIEW month_differences WITH (security_invoker = true) AS
SELECT coalesce(k.shop_id, m.shop_id) AS shop_id, coalesce(k.month, m.month) AS month, coalesce(k.lot_id, m.lot_id) AS lot_id,
       coalesce(k.change, 0) AS kept, coalesce(m.change, 0) AS moved
  FROM (SELECT shop_id, month, lot_id, sum(change) AS change FROM lot_months GROUP BY 1, 2, 3) k
  FULL JOIN (SELECT s.shop_id, s.month, e.lot_id, e.change
               FROM stock_months s
              CROSS JOIN LATERAL (
                     SELECT m.lot_id, sum(CASE WHEN t.internal THEN m.quantity ELSE -m.quantity END) AS change
                       FROM stock_moves m
                       JOIN locations f ON f.shop_id = m.shop_id AND f.id = m.from_location_id
                       JOIN locations t ON t.shop_id = m.shop_id AND t.id = m.to_location_id
                      WHERE m.shop_id = s.shop_id AND m.at >= s.began_at AND m.at < s.until_at AND f.internal <> t.internal
                      GROUP BY m.lot_id
                     OFFSET 0) e) m ON m.shop_id = k.shop_id AND m.month = k.month AND m.lot_id = k.lot_id
 WHERE coalesce(k.change, 0) <> coalesce(m.change, 0)
UNION ALL
SELECT coalesce(k.shop_id, m.shop_id), coalesce(k.month, m.month), coalesce(k.lot_id, m.lot_id), coalesce(k.quantity, 0), coalesce(m.quantity, 0)
  FROM (SELECT c.* FROM lot_closings c
         WHERE c.month = (SELECT max(s.month) FROM stock_months s WHERE s.shop_id = c.shop_id AND s.closed)) k
  FULL JOIN (SELECT e.shop_id, s.month, e.lot_id, sum(e.change) AS quantity
               FROM (SELECT shop_id, max(month) AS month FROM stock_months WHERE closed GROUP BY shop_id) s
               JOIN lot_months e ON e.shop_id = s.shop_id AND e.month <= s.month
              GROUP BY 1, 2, 3) m ON m.shop_id = k.shop_id AND m.month = k.month AND m.lot_id = k.lot_id
 WHERE coalesce(k.quantity, 0) <> coalesce(m.quantity, 0);
GRANT SELECT ON month_differences TO yaofang_app;

INSERT INTO backup_left_out (table_name, reason) VALUES
    ('stock_months', 'sums of stock_moves, which is here'),
    ('lot_months', 'sums of stock_moves, which is here'),
    ('lot_closings', 'sums of stock_moves, which is here');
REVOKE ALL ON FUNCTION months_roll_up FROM PUBLIC;
GRANT EXECUTE ON FUNCTION months_roll_up TO yaofang_app;
