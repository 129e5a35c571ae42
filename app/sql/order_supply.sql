-- What a further order of a version ($3; NULL: the newest signed) would be taken from: the oldest supply of which something is
-- owed, else the next one. `left_packets` are still to be had of it; `opens` when it does not exist yet, then with the day the supply
-- before it was opened and, where all of it was, handed over, what of it is not handed over, and the day it is due. The patient's row is locked: nobody else orders from the version meanwhile.
WITH the_version AS (
    SELECT v.prescription_id, v.version, v.packets, v.refills, v.refill_interval_days
      FROM prescription_versions v
     WHERE v.shop_id = $1 AND v.prescription_id = $2
       AND v.version = coalesce($3::integer, (SELECT max(g.version) FROM signatures g
                                               WHERE g.shop_id = $1 AND g.prescription_id = $2))
), owed AS (
    SELECT s.supply_no, s.packets - s.packets_ordered AS left_packets
      FROM supplies s JOIN the_version v ON s.prescription_id = v.prescription_id AND s.version = v.version
     WHERE s.shop_id = $1 AND s.packets_ordered < s.packets AND s.ended_at IS NULL
     ORDER BY s.supply_no LIMIT 1
), last AS (
    SELECT s.supply_no, s.opened_on, s.packets_ordered - s.packets_handed AS waiting_packets, s.packets_ordered,
           CASE WHEN s.packets_handed = s.packets_ordered THEN s.handed_over_on END AS handed_on
      FROM supplies s JOIN the_version v ON s.prescription_id = v.prescription_id AND s.version = v.version
     WHERE s.shop_id = $1
     ORDER BY s.supply_no DESC LIMIT 1
)
SELECT v.version, v.packets AS version_packets, v.refills, coalesce(o.supply_no, l.supply_no + 1, 0) AS supply_no, coalesce(o.left_packets, v.packets) AS left_packets,
       o.supply_no IS NULL AS opens, CASE WHEN o.supply_no IS NULL THEN l.opened_on END AS previous_opened_on,
       CASE WHEN o.supply_no IS NULL THEN l.handed_on END AS previous_handed_on,
       CASE WHEN o.supply_no IS NULL THEN coalesce(l.waiting_packets, 0) ELSE 0 END AS waiting_packets,
       coalesce(l.packets_ordered, 0) AS previous_packets, v.refill_interval_days AS interval_days,
       CASE WHEN o.supply_no IS NULL THEN coalesce(l.handed_on, l.opened_on) + v.refill_interval_days END AS due_on, d.today
  FROM the_version v
  CROSS JOIN (SELECT shop_today($1) AS today) d
  LEFT JOIN owed o ON true
  LEFT JOIN last l ON true
