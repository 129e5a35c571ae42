-- A refill is due so many days after the supply before it was handed over, not after it was opened, and waits for that hand-over; earlier
-- only with a pharmacist's coded reason, as before. And what of a version is taken when follows from the packets that are really
-- supplied: parts one after another, each for its days.
SET LOCAL ROLE yaofang_owner;

-- packets_handed: of its orders, those handed over; handed_over_on: the day of the last of these hand-overs. A supply is complete when all
-- that was ordered of it is handed over, and nothing is owed any more: then both are final, so the next one can refer to the day.
ALTER TABLE supplies
    ADD COLUMN packets_handed integer NOT NULL DEFAULT 0,
    ADD COLUMN handed_over_on date,
    ADD COLUMN previous_handed_on date;
UPDATE supplies s SET packets_handed = h.packets, handed_over_on = h.handed_on
  FROM (SELECT o.shop_id, o.prescription_id, o.version, o.supply_no, sum(o.packets)::integer AS packets,
               max((h.handed_over_at AT TIME ZONE p.time_zone)::date) AS handed_on
          FROM orders o
          JOIN handovers h ON h.shop_id = o.shop_id AND h.order_id = o.id
          JOIN shops p ON p.id = o.shop_id
         WHERE o.state = 'handed_over'
         GROUP BY o.shop_id, o.prescription_id, o.version, o.supply_no) h
 WHERE h.shop_id = s.shop_id AND h.prescription_id = s.prescription_id AND h.version = s.version AND h.supply_no = s.supply_no;
-- What was opened before this rule held counted from the day the supply before it was opened: previous_handed_on stays NULL there.
ALTER TABLE supplies
    ADD CONSTRAINT supplies_packets_handed CHECK (packets_handed BETWEEN 0 AND packets_ordered
                                                  AND (packets_handed > 0) = (handed_over_on IS NOT NULL)),
    ADD CONSTRAINT supplies_handed_once UNIQUE (shop_id, prescription_id, version, supply_no, handed_over_on),
    ADD CONSTRAINT supplies_previous_handed FOREIGN KEY (shop_id, prescription_id, version, previous_no, previous_handed_on)
        REFERENCES supplies (shop_id, prescription_id, version, supply_no, handed_over_on),
    DROP CONSTRAINT supplies_not_too_early,
    ADD CONSTRAINT supplies_not_too_early
        CHECK (supply_no = 0 OR early_reason IS NOT NULL
               OR opened_on >= coalesce(previous_handed_on, previous_opened_on) + interval_days);
GRANT UPDATE (packets_handed, handed_over_on) ON supplies TO yaofang_app;

-- The supply before it is complete, and its day is the one counted from; or there is a reason. Where nothing of it was handed over in the
-- end (it was given up), the day it was opened counts.
ALTER POLICY in_turn ON supplies WITH CHECK (supply_no = 0 OR EXISTS (
    SELECT FROM supplies p WHERE p.shop_id = supplies.shop_id AND p.prescription_id = supplies.prescription_id
       AND p.version = supplies.version AND p.supply_no = supplies.supply_no - 1
       AND (p.packets_ordered = p.packets OR p.ended_at IS NOT NULL)
       AND (p.packets_handed = p.packets_ordered OR supplies.early_reason IS NOT NULL)
       AND supplies.previous_handed_on IS NOT DISTINCT FROM
           CASE WHEN p.packets_handed = p.packets_ordered THEN p.handed_over_on END));

-- Where a supply's count of what was handed over and its orders disagree: must show nothing, ever (`yaofang verify`).
CREATE VIEW supply_differences WITH (security_invoker = true) AS
SELECT s.shop_id, 'prescription ' || s.prescription_id || ' version ' || s.version || ' supply ' || s.supply_no AS subject,
       s.packets_handed::text AS value, 'packets handed over must be those of its orders: ' || coalesce(o.packets, 0) AS rule
  FROM supplies s
  LEFT JOIN (SELECT shop_id, prescription_id, version, supply_no, sum(packets) AS packets FROM orders
              WHERE state = 'handed_over' GROUP BY shop_id, prescription_id, version, supply_no) o
    ON o.shop_id = s.shop_id AND o.prescription_id = s.prescription_id AND o.version = s.version AND o.supply_no = s.supply_no
 WHERE s.packets_handed <> coalesce(o.packets, 0);
GRANT SELECT ON supply_differences TO yaofang_app, yaofang_read;

-- When what was signed is taken. Its packets follow one another: what was handed over from the day it was, or when what came before is
-- used up; what is ordered and still in the shop from today; each order for the days of its packets. So the last day is the latest of
-- any start plus all days from there on, and the first day the start of that unbroken stretch. Without orders: from the signature, for
-- the version's days. A version that a newer signature replaced before anything of it was handed over is none.
CREATE OR REPLACE VIEW courses WITH (security_invoker = true) AS
SELECT g.shop_id, p.patient_id, g.prescription_id, g.version, h.handed_over_at IS NOT NULL AS handed_over, h.order_id,
       coalesce(h.first_on, (g.signed_at AT TIME ZONE s.time_zone)::date) AS first_on,
       coalesce(h.last_on, (g.signed_at AT TIME ZONE s.time_zone)::date + v.days - 1) AS last_on,
       (now() AT TIME ZONE s.time_zone)::date AS today
  FROM prescriptions p
  JOIN signatures g ON g.shop_id = p.shop_id AND g.prescription_id = p.id
  JOIN prescription_versions v ON v.shop_id = g.shop_id AND v.prescription_id = g.prescription_id AND v.version = g.version
  JOIN shops s ON s.id = p.shop_id
  LEFT JOIN LATERAL (
        SELECT max(t.handed_over_at) AS handed_over_at, max(t.id) FILTER (WHERE t.handed_over_at IS NULL) AS order_id,
               (array_agg(t.begins_on ORDER BY t.begins_on + t.days_from_there DESC, t.begins_on))[1] AS first_on,
               max(t.begins_on + t.days_from_there) - 1 AS last_on
          FROM (SELECT b.*, sum(b.days) OVER (ORDER BY b.begins_on DESC, b.id DESC ROWS UNBOUNDED PRECEDING)::integer
                            AS days_from_there
                  FROM (SELECT o.id, h.handed_over_at, (v.days * o.packets + v.packets - 1) / v.packets AS days,
                               (coalesce(h.handed_over_at, now()) AT TIME ZONE s.time_zone)::date AS begins_on
                          FROM orders o
                          LEFT JOIN handovers h ON h.shop_id = o.shop_id AND h.order_id = o.id
                         WHERE o.shop_id = g.shop_id AND o.prescription_id = g.prescription_id AND o.version = g.version
                           AND o.state NOT IN ('cancelled', 'rejected', 'wasted')) b) t) h ON true
 WHERE h.handed_over_at IS NOT NULL
    OR NOT EXISTS (SELECT FROM signatures n WHERE n.shop_id = g.shop_id AND n.prescription_id = g.prescription_id
                                              AND n.version > g.version);
