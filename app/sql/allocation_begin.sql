-- Ends what the order had reserved before and opens its next allocation. What the shop's day is, how long a reservation
-- lasts, how far a weight may be off and what is looked at twice are the shop's, as of now. `earliest`: the last day of a course that begins today, for a part
-- of the packets that part of its days, rounded up.
WITH ended AS (
    UPDATE reservations SET ended_at = now() WHERE shop_id = $1 AND order_id = $2 AND ended_at IS NULL
), course AS (
    SELECT o.id, d.today, d.today + (v.days * o.packets + v.packets - 1) / v.packets - 1 AS earliest
      FROM (SELECT shop_today($1) AS today) d
      CROSS JOIN orders o
      JOIN prescription_versions v ON v.shop_id = $1 AND v.prescription_id = o.prescription_id AND v.version = o.version
     WHERE o.shop_id = $1 AND o.id = $2
), begun AS (
    INSERT INTO allocations (shop_id, order_id, allocation_no, course_ends_on, tolerance_permille, expires_at, allocated_by,
                             identity_rule, packet_checks, total_check)
    SELECT $1, c.id, 1 + (SELECT coalesce(max(a.allocation_no), 0) FROM allocations a WHERE a.shop_id = $1 AND a.order_id = $2),
           coalesce($3::date, c.earliest), s.weigh_tolerance_permille,
           now() + make_interval(mins => s.reservation_minutes), $4, b.identity, b.packet_checks, b.total_check
      FROM course c
      JOIN shops s ON s.id = $1
      JOIN bench_settings_now b ON b.shop_id = s.id
    RETURNING allocation_no, course_ends_on
)
SELECT b.allocation_no::bigint AS allocation_no, b.course_ends_on, c.earliest, c.today FROM begun b CROSS JOIN course c
