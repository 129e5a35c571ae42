-- Opens an order's next allocation, before its lots are locked. What the shop's day is, how long a reservation lasts, how far a weight
-- may be off and what is looked at twice are the shop's, as of now. `earliest`: the last day of a course that begins today, for a
-- part of the packets that part of its days, rounded up; it is the course's end when $3 names no other.
WITH terms AS (
    SELECT o.id, 1 + coalesce(o.allocation_no, 0) AS allocation_no, d.today, e.earliest, coalesce($3::date, e.earliest) AS course_ends_on,
           s.weigh_tolerance_permille, now() + make_interval(mins => s.reservation_minutes) AS expires_at, b.identity, b.packet_checks,
           b.total_check
      FROM orders o
      JOIN prescription_versions v ON v.shop_id = $1 AND v.prescription_id = o.prescription_id AND v.version = o.version
      JOIN shops s ON s.id = $1
      JOIN bench_settings_now b ON b.shop_id = $1
     CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE s.time_zone)::date AS today) d
     CROSS JOIN LATERAL (SELECT d.today + (v.days * o.packets + v.packets - 1) / v.packets - 1 AS earliest) e
     WHERE o.shop_id = $1 AND o.id = $2
), begun AS (
    INSERT INTO allocations (shop_id, order_id, allocation_no, course_ends_on, tolerance_permille, expires_at, allocated_by,
                             identity_rule, packet_checks, total_check)
    SELECT $1, $2, allocation_no, course_ends_on, weigh_tolerance_permille, expires_at, $4, identity, packet_checks, total_check
      FROM terms
), chosen AS (
    UPDATE orders o SET allocation_no = m.allocation_no, state = CASE WHEN o.state IN ('entered', 'short') THEN 'allocated' ELSE o.state END,
                        course_ends_on = m.course_ends_on
      FROM terms m
     WHERE o.shop_id = $1 AND o.id = $2
    RETURNING o.id, o.state
), told AS (
    INSERT INTO order_events (shop_id, order_id, event, state, user_id)
    SELECT $1, id, 'allocated', state, $4 FROM chosen
)
SELECT c.id, c.state, m.allocation_no::bigint AS allocation_no, m.course_ends_on, m.earliest, m.today, m.expires_at AS reserved_until
  FROM terms m CROSS JOIN chosen c
