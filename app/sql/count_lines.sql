-- The sheet of a count: all of it, what is still to count ($3 true), or what was counted, the newest first; $4 lines at most. Which lines
-- are meant is found first, and each is then looked up by itself (OFFSET 0): a page of a large count reads no more than it shows.
-- moved: what came and went there since it was counted, corrections left out; nothing that was begun an hour before a line was
-- counted is booked after it.
WITH meant AS (
    (SELECT n.line_no, NULL::timestamptz AS counted_at
       FROM count_lines n
      WHERE n.shop_id = $1 AND n.count_id = $2 AND $3::boolean IS NULL
      ORDER BY n.line_no LIMIT $4::bigint)
    UNION ALL
    (SELECT n.line_no, NULL
       FROM count_lines n
      WHERE n.shop_id = $1 AND n.count_id = $2 AND $3::boolean
        AND NOT EXISTS (SELECT FROM count_entries e WHERE e.shop_id = $1 AND e.count_id = $2 AND e.line_no = n.line_no OFFSET 0)
      ORDER BY n.line_no LIMIT $4::bigint)
    UNION ALL
    (SELECT e.line_no, max(e.counted_at)
       FROM count_entries e
      WHERE e.shop_id = $1 AND e.count_id = $2 AND NOT $3::boolean
      GROUP BY e.line_no ORDER BY max(e.counted_at) DESC, e.line_no LIMIT $4::bigint)
)
SELECT s.*, m.moved
  FROM counts c
 CROSS JOIN meant p
 CROSS JOIN LATERAL (SELECT * FROM count_sheet($1, $2) WHERE line_no = p.line_no OFFSET 0) s
  LEFT JOIN LATERAL (
        SELECT sum(CASE WHEN m.to_location_id = n.location_id THEN m.quantity ELSE -m.quantity END)::bigint AS moved
          FROM count_entries e
          JOIN count_lines n ON n.shop_id = $1 AND n.count_id = $2 AND n.line_no = e.line_no
          JOIN stock_moves m ON m.shop_id = $1 AND m.lot_id = n.lot_id AND m.at > e.counted_at - interval '1 hour' AND m.id > e.last_move_id
         WHERE c.state = 'open' AND e.shop_id = $1 AND e.count_id = $2 AND e.line_no = s.line_no AND e.entry_no = s.entry_no
           AND m.reason <> 'adjusted' AND n.location_id IN (m.from_location_id, m.to_location_id)) m ON s.entry_no IS NOT NULL
 WHERE c.shop_id = $1 AND c.id = $2
 ORDER BY p.counted_at DESC NULLS LAST, s.line_no
