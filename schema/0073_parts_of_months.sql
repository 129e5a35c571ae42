-- What a month had changed of each lot by its 5th, 10th, 15th, 20th and 25th day: the value of any day is reckoned from the nearest of
-- them, by the moves of three days at most. From months alone it was up to 15 days of moves, 80,000 after ten million, and the month's
-- sheet read up to 30. Nothing is kept of lots that did not move, and what a month closed with stays as it is (schema/0053).
SET LOCAL ROLE yaofang_owner;

-- The instants at which parts ended, within their months.
CREATE TABLE month_parts (
    shop_id bigint NOT NULL,
    until_at timestamptz NOT NULL,
    month date NOT NULL,
    PRIMARY KEY (shop_id, until_at),
    FOREIGN KEY (shop_id, month) REFERENCES stock_months
);

-- What the moves of the month up to there changed, all parts before it too: one part is read, whichever it is.
CREATE TABLE lot_month_parts (
    shop_id bigint NOT NULL,
    until_at timestamptz NOT NULL,
    lot_id bigint NOT NULL,
    reason text NOT NULL,
    moves bigint NOT NULL CHECK (moves > 0),
    change bigint NOT NULL,
    PRIMARY KEY (shop_id, until_at, lot_id, reason),
    FOREIGN KEY (shop_id, until_at) REFERENCES month_parts,
    FOREIGN KEY (shop_id, lot_id) REFERENCES lots
);

DO $$
DECLARE
    made regclass;
BEGIN
    FOREACH made IN ARRAY ARRAY['month_parts', 'lot_month_parts']::regclass[] LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', made);
        EXECUTE format('CREATE POLICY same_shop ON %s USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())', made);
        EXECUTE format('GRANT SELECT ON %s TO yaofang_app, yaofang_read', made);
    END LOOP;
END
$$;
INSERT INTO backup_left_out (table_name, reason) VALUES
    ('month_parts', 'sums of stock_moves, which is here'),
    ('lot_month_parts', 'sums of stock_moves, which is here');

-- Where the part of a month that goes on at an instant ends: the month's own end after the last.
CREATE FUNCTION month_part_end(p_month date, p_since timestamptz, p_month_end timestamptz, p_zone text) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
SELECT coalesce(min(e.at), p_month_end)
  FROM (SELECT (p_month + days)::timestamp AT TIME ZONE p_zone AS at FROM generate_series(5, 25, 5) days) e
 WHERE e.at > p_since AND e.at < p_month_end
$$;

-- Adds what is settled of the month that is not closed, part by part; keeps what had changed where a part ends, and closes the month
-- where it ends; says whether there was anything to do. Two at once: the second waits for the row of the month, and goes on from there.
CREATE OR REPLACE FUNCTION months_roll_up(p_shop_id bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    zone text;
    last stock_months;
    since timestamptz;
    until timestamptz;
    part_end timestamptz;
    month_end timestamptz;
    settled timestamptz;
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
    settled := (shop_settled_day(p_shop_id) + 1)::timestamp AT TIME ZONE zone;
    IF last IS NULL OR last.closed OR settled < since OR (settled = since AND since < month_end) THEN
        RETURN false;
    END IF;
    LOOP
        part_end := month_part_end(last.month, since, month_end, zone);
        until := least(part_end, settled);
        INSERT INTO lot_months AS e (shop_id, month, lot_id, reason, moves, change)
        SELECT p_shop_id, last.month, m.lot_id, m.reason, count(*), sum(CASE WHEN t.internal THEN m.quantity ELSE -m.quantity END)
          FROM stock_moves m
          JOIN locations f ON f.shop_id = p_shop_id AND f.id = m.from_location_id
          JOIN locations t ON t.shop_id = p_shop_id AND t.id = m.to_location_id
         WHERE m.shop_id = p_shop_id AND m.at >= since AND m.at < until AND f.internal <> t.internal
         GROUP BY m.lot_id, m.reason
            ON CONFLICT (shop_id, month, lot_id, reason) DO UPDATE SET moves = e.moves + excluded.moves, change = e.change + excluded.change;
        IF until = part_end AND until < month_end THEN
            INSERT INTO month_parts (shop_id, until_at, month) VALUES (p_shop_id, until, last.month);
            INSERT INTO lot_month_parts (shop_id, until_at, lot_id, reason, moves, change)
            SELECT p_shop_id, until, lot_id, reason, moves, change FROM lot_months WHERE shop_id = p_shop_id AND month = last.month;
        END IF;
        since := until;
        EXIT WHEN until = month_end OR until = settled;
    END LOOP;
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

-- Where they are not what the ledger says: must show nothing, ever (`yaofang verify`). Each part of a month by itself, that is one sum
-- less the one before it, by lot and reason; and the closing of the newest month that is closed.
DROP VIEW month_differences;
CREATE VIEW month_differences WITH (security_invoker = true) AS
WITH parts AS (
    SELECT shop_id, month, until_at, coalesce(lead(until_at) OVER later, month_end) AS next_at, coalesce(lag(until_at) OVER later, began_at) AS began_at
      FROM (SELECT p.shop_id, p.month, p.until_at, s.began_at, s.until_at AS month_end
              FROM month_parts p
              JOIN stock_months s ON s.shop_id = p.shop_id AND s.month = p.month) p
    WINDOW later AS (PARTITION BY shop_id, month ORDER BY until_at)
), spans AS (
    SELECT shop_id, month, began_at, until_at FROM parts
     UNION ALL
    SELECT s.shop_id, s.month, coalesce((SELECT max(p.until_at) FROM month_parts p WHERE p.shop_id = s.shop_id AND p.month = s.month), s.began_at),
           s.until_at
      FROM stock_months s
), kept AS (
    SELECT k.shop_id, k.month, k.until_at, k.lot_id, k.reason, sum(k.moves)::bigint AS moves, sum(k.change)::bigint AS change
      FROM (SELECT p.shop_id, p.month, e.until_at, e.lot_id, e.reason, e.moves, e.change
              FROM parts p
              JOIN lot_month_parts e ON e.shop_id = p.shop_id AND e.until_at = p.until_at
             UNION ALL
            SELECT p.shop_id, p.month, p.next_at, e.lot_id, e.reason, -e.moves, -e.change
              FROM parts p
              JOIN lot_month_parts e ON e.shop_id = p.shop_id AND e.until_at = p.until_at
             UNION ALL
            SELECT s.shop_id, s.month, s.until_at, e.lot_id, e.reason, e.moves, e.change
              FROM stock_months s
              JOIN lot_months e ON e.shop_id = s.shop_id AND e.month = s.month) k
     GROUP BY 1, 2, 3, 4, 5
), moved AS (
    SELECT s.shop_id, s.month, s.until_at, e.lot_id, e.reason, e.moves, e.change
      FROM spans s
     CROSS JOIN LATERAL (
            SELECT m.lot_id, m.reason, count(*) AS moves, sum(CASE WHEN t.internal THEN m.quantity ELSE -m.quantity END)::bigint AS change
              FROM stock_moves m
              JOIN locations f ON f.shop_id = m.shop_id AND f.id = m.from_location_id
              JOIN locations t ON t.shop_id = m.shop_id AND t.id = m.to_location_id
             WHERE m.shop_id = s.shop_id AND m.at >= s.began_at AND m.at < s.until_at AND f.internal <> t.internal
             GROUP BY m.lot_id, m.reason
            OFFSET 0) e
)
SELECT coalesce(k.shop_id, m.shop_id) AS shop_id, coalesce(k.month, m.month) AS month, coalesce(k.lot_id, m.lot_id) AS lot_id,
       coalesce(k.change, 0) AS kept, coalesce(k.moves, 0) AS kept_moves, coalesce(m.change, 0) AS moved, coalesce(m.moves, 0) AS moves
  FROM kept k
  FULL JOIN moved m ON m.shop_id = k.shop_id AND m.month = k.month AND m.until_at = k.until_at AND m.lot_id = k.lot_id AND m.reason = k.reason
 WHERE coalesce(k.change, 0) <> coalesce(m.change, 0) OR coalesce(k.moves, 0) <> coalesce(m.moves, 0)
UNION ALL
SELECT coalesce(k.shop_id, m.shop_id), coalesce(k.month, m.month), coalesce(k.lot_id, m.lot_id), coalesce(k.quantity, 0), NULL,
       coalesce(m.quantity, 0), NULL
  FROM (SELECT c.* FROM lot_closings c
         WHERE c.month = (SELECT max(s.month) FROM stock_months s WHERE s.shop_id = c.shop_id AND s.closed)) k
  FULL JOIN (SELECT e.shop_id, s.month, e.lot_id, sum(e.change)::bigint AS quantity
               FROM (SELECT shop_id, max(month) AS month FROM stock_months WHERE closed GROUP BY shop_id) s
               JOIN lot_months e ON e.shop_id = s.shop_id AND e.month <= s.month
              GROUP BY 1, 2, 3) m ON m.shop_id = k.shop_id AND m.month = k.month AND m.lot_id = k.lot_id
 WHERE coalesce(k.quantity, 0) <> coalesce(m.quantity, 0);
GRANT SELECT ON month_differences TO yaofang_app;

-- All months once more, for their parts: by the upkeep's own hands.
TRUNCATE lot_closings, lot_months, stock_months, lot_month_parts, month_parts;
DO $$
DECLARE
    shop bigint;
    more boolean;
BEGIN
    FOR shop IN SELECT id FROM shops LOOP
        PERFORM set_config('yaofang.shop_id', shop::text, true);
        LOOP
            more := months_roll_up(shop);
            EXIT WHEN NOT more;
        END LOOP;
    END LOOP;
    PERFORM set_config('yaofang.shop_id', '', true);
END
$$;
