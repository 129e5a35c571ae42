-- The bookings of a count, line by line as they were decided, and its moves: what was found comes from the place for differences,
-- what is missing goes there. Returns how many moves.
WITH lines AS (
    SELECT n.line_no::integer AS line_no, n.entry_no::integer AS entry_no, n.difference, n.value_cents, nullif(n.approved_by, 0) AS approved_by,
           nullif(n.mode, 0) AS mode
      FROM unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[])
           n (line_no, entry_no, difference, value_cents, approved_by, mode)
), booked AS (
    INSERT INTO count_bookings (shop_id, count_id, line_no, entry_no, counted, expected, counted_by, difference, value_cents,
                                limit_permille, limit_cents, approved_by, single_person_mode_id)
    SELECT $1, $2, n.line_no, n.entry_no, e.counted, e.expected, e.counted_by, n.difference, n.value_cents, c.limit_permille,
           c.limit_cents, n.approved_by, n.mode
      FROM lines n
      JOIN counts c ON c.shop_id = $1 AND c.id = $2
      JOIN count_entries e ON e.shop_id = $1 AND e.count_id = $2 AND e.line_no = n.line_no AND e.entry_no = n.entry_no
    RETURNING line_no
), ended AS (
    UPDATE counts SET state = 'booked', ended_by = $3::bigint, ended_at = now() WHERE shop_id = $1 AND id = $2
), moves AS (
    SELECT k.lot_id, CASE WHEN n.difference > 0 THEN x.id ELSE k.location_id END AS origin,
           CASE WHEN n.difference > 0 THEN k.location_id ELSE x.id END AS goal, abs(n.difference) AS quantity
      FROM lines n
      JOIN count_lines k ON k.shop_id = $1 AND k.count_id = $2 AND k.line_no = n.line_no
     CROSS JOIN (SELECT place_of($1, 'adjustment') AS id) x
     WHERE n.difference <> 0
)
SELECT coalesce((SELECT stock_book_for($1, array_agg(lot_id), array_agg(origin), array_agg(goal), array_agg(quantity), 'adjusted',
                                       'count', $2, 'count ' || $2, $3::bigint) FROM moves HAVING count(*) > 0), 0) AS moves
