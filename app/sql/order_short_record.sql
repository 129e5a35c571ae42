-- An order is short: what was wanted ($5), there ($6) and barred ($7) of its lines ($4), as the go at reserving for a course until $8
-- found them; $9 says it in words. Its row is locked, and nothing is reserved for it any more.
WITH gone AS (
    SELECT 1 + coalesce(max(s.short_no), 0) AS short_no FROM order_shorts s WHERE s.shop_id = $1 AND s.order_id = $2
), head AS (
    INSERT INTO order_shorts (shop_id, order_id, short_no, first_line_no, course_ends_on, tried_by)
    SELECT $1, $2, short_no, (SELECT min(n) FROM unnest($4::bigint[]) n)::integer, $8::date, $3 FROM gone
), lines AS (
    INSERT INTO order_short_lines (shop_id, order_id, short_no, line_no, wanted, there, barred)
    SELECT $1, $2, g.short_no, l.line_no, l.wanted, l.there, l.barred
      FROM gone g CROSS JOIN unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[]) l (line_no, wanted, there, barred)
), moved AS (
    UPDATE orders SET state = 'short', short_no = (SELECT short_no FROM gone), allocation_no = NULL, course_ends_on = NULL
     WHERE shop_id = $1 AND id = $2
    RETURNING id
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, id, 'short', 'short', $9, $3 FROM moved
