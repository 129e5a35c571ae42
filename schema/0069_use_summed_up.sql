-- What was used of an item in a span of days is one sum less another: each day keeps what was used from the first day up to it. Adding
-- up 90 days of 500 items was a third of the re-order list's time after ten million moves, and a year's was four times that.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE item_uses ADD COLUMN total bigint;
UPDATE item_uses u
   SET total = s.total
  FROM (SELECT shop_id, item_id, used_on, sum(quantity) OVER (PARTITION BY shop_id, item_id ORDER BY used_on) AS total FROM item_uses) s
 WHERE s.shop_id = u.shop_id AND s.item_id = u.item_id AND s.used_on = u.used_on;
ALTER TABLE item_uses ALTER COLUMN total SET NOT NULL;
ALTER TABLE item_uses ADD CONSTRAINT item_uses_total CHECK (total >= quantity);
DROP INDEX item_uses_by_day;
DROP INDEX item_uses_by_item;
CREATE INDEX item_uses_by_item ON item_uses (shop_id, item_id, used_on) INCLUDE (total);

-- Up to which instant that is: a shop that moves to another time zone counts no hour twice and leaves none out.
ALTER TABLE use_days ADD COLUMN until_at timestamptz;
UPDATE use_days d SET until_at = (d.through + 1)::timestamp AT TIME ZONE s.time_zone FROM shops s WHERE s.id = d.shop_id;
ALTER TABLE use_days ALTER COLUMN until_at SET NOT NULL;
GRANT UPDATE (until_at) ON use_days TO yaofang_app;

-- The last day of which nothing can be booked any more: the last one that ended six hours ago or more. What is booked bears the time
-- its transaction began, and none is open that long: one that idles is ended after a minute, a statement after half an hour at the
-- latest. It used to be the day before yesterday all day, so reports read up to two days of the ledger themselves.
CREATE FUNCTION shop_settled_day(p_shop_id bigint) RETURNS date LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT ((now() - interval '6 hours') AT TIME ZONE time_zone)::date - 1 FROM shops WHERE id = p_shop_id);
END
$$;

-- The ledger's use of a span of time, day by day. The days not added up yet are read with every report of use: lot by lot, so that an
-- item is looked up once for each; OFFSET 0: places are looked at once, not for every move. PL/pgSQL knows the span and keeps its plan.
DROP FUNCTION ledger_uses;
CREATE FUNCTION ledger_uses(p_shop_id bigint, p_since timestamptz, p_until timestamptz)
RETURNS TABLE (item_id bigint, used_on date, quantity bigint) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    zone text := (SELECT time_zone FROM shops WHERE id = p_shop_id);
BEGIN
    RETURN QUERY
    SELECT l.item_id, m.used_on, sum(m.quantity)::bigint
      FROM (SELECT m.lot_id, (m.at AT TIME ZONE zone)::date AS used_on, sum(m.quantity)::bigint AS quantity
              FROM stock_moves m
              JOIN (SELECT id FROM locations WHERE shop_id = p_shop_id AND internal OFFSET 0) o ON o.id = m.from_location_id
              JOIN (SELECT id FROM locations WHERE shop_id = p_shop_id AND kind IN ('patient', 'production') OFFSET 0) g
                ON g.id = m.to_location_id
             WHERE m.shop_id = p_shop_id AND m.at >= p_since AND m.at < p_until
             GROUP BY 1, 2) m
     CROSS JOIN LATERAL (SELECT item_id FROM lots WHERE shop_id = p_shop_id AND id = m.lot_id OFFSET 0) l
     GROUP BY 1, 2;
END
$$;

-- From when on the ledger itself is read for the use of the last days and of today: from where the sums end, or the first day asked for.
CREATE FUNCTION use_read_from(p_shop_id bigint, p_days integer) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT greatest((SELECT until_at FROM use_days WHERE shop_id = p_shop_id),
                            (shop_today(p_shop_id) - p_days)::timestamp AT TIME ZONE time_zone) FROM shops WHERE id = p_shop_id);
END
$$;

-- The use of the last days and of today: of days added up the sum at the last of them less that before the first asked for; the rest
-- is the ledger's.
CREATE OR REPLACE FUNCTION item_use(p_shop_id bigint, p_days integer) RETURNS TABLE (item_id bigint, quantity bigint)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    since date := shop_today(p_shop_id) - p_days;
    read_from timestamptz := use_read_from(p_shop_id, p_days);
BEGIN
    RETURN QUERY
    WITH lately AS MATERIALIZED (
        SELECT item_id, sum(quantity)::bigint AS quantity FROM ledger_uses(p_shop_id, read_from, now() + interval '1 day') GROUP BY item_id
    ), summed AS (
        SELECT i.id, coalesce(upto.total, 0) - coalesce(before.total, 0) + coalesce(n.quantity, 0) AS quantity
          FROM items i
          LEFT JOIN lately n ON n.item_id = i.id
          LEFT JOIN LATERAL (SELECT u.total FROM item_uses u WHERE u.shop_id = p_shop_id AND u.item_id = i.id
                              ORDER BY u.used_on DESC LIMIT 1) upto ON true
          LEFT JOIN LATERAL (SELECT u.total FROM item_uses u WHERE u.shop_id = p_shop_id AND u.item_id = i.id AND u.used_on < since
                              ORDER BY u.used_on DESC LIMIT 1) before ON true
         WHERE i.shop_id = p_shop_id
    )
    SELECT s.id, s.quantity FROM summed s WHERE s.quantity > 0;
END
$$;

-- Where the sums of use are not the ledger's: must show nothing, ever (`yaofang verify`).
CREATE VIEW use_differences WITH (security_invoker = true) AS
SELECT coalesce(k.shop_id, m.shop_id) AS shop_id, coalesce(k.item_id, m.item_id) AS item_id,
       coalesce(k.total, 0) AS total, coalesce(k.used, 0) AS used, coalesce(m.moved, 0) AS moved
  FROM (SELECT shop_id, item_id, max(total) AS total, sum(quantity) AS used FROM item_uses GROUP BY 1, 2) k
  FULL JOIN (SELECT m.shop_id, l.item_id, sum(m.quantity) AS moved
               FROM (SELECT d.shop_id, m.lot_id, sum(m.quantity) AS quantity
                       FROM use_days d
                       JOIN stock_moves m ON m.shop_id = d.shop_id AND m.at < d.until_at
                       JOIN locations o ON o.shop_id = m.shop_id AND o.id = m.from_location_id AND o.internal
                       JOIN locations g ON g.shop_id = m.shop_id AND g.id = m.to_location_id AND g.kind IN ('patient', 'production')
                      GROUP BY 1, 2) m
               JOIN lots l ON l.shop_id = m.shop_id AND l.id = m.lot_id
              GROUP BY 1, 2) m ON m.shop_id = k.shop_id AND m.item_id = k.item_id
 WHERE coalesce(k.total, 0) <> coalesce(m.moved, 0) OR coalesce(k.used, 0) <> coalesce(m.moved, 0);
GRANT SELECT ON use_differences TO yaofang_app;
