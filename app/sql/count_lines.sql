-- The sheet of a count: all of it, what is still to count ($3 true), or what was counted, the newest first. moved: what came and went
-- there since it was counted, corrections left out; the difference that is booked is none of it. Nothing that was begun an hour
-- before a line was counted is booked after it.
SELECT s.*, m.moved
  FROM counts c
 CROSS JOIN count_sheet($1, $2) s
  LEFT JOIN count_lines n ON n.shop_id = $1 AND n.count_id = $2 AND n.line_no = s.line_no
  LEFT JOIN count_entries e ON e.shop_id = $1 AND e.count_id = $2 AND e.line_no = s.line_no AND e.entry_no = s.entry_no
  LEFT JOIN LATERAL (
        SELECT sum(CASE WHEN m.to_location_id = n.location_id THEN m.quantity ELSE -m.quantity END)::bigint AS moved
          FROM stock_moves m
         WHERE c.state = 'open' AND m.shop_id = $1 AND m.lot_id = n.lot_id AND m.at > e.counted_at - interval '1 hour'
           AND m.id > e.last_move_id AND m.reason <> 'adjusted' AND n.location_id IN (m.from_location_id, m.to_location_id)) m ON true
 WHERE c.shop_id = $1 AND c.id = $2 AND ($3::boolean IS NULL OR (s.entry_no IS NULL) = $3::boolean)
 ORDER BY CASE WHEN NOT $3::boolean THEN s.counted_at END DESC NULLS LAST, s.line_no
 LIMIT coalesce($4::bigint, 200000)
