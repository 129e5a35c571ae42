-- What was counted, beside the books as they were at that moment ($7, NULL: now): the balance less what has moved since, less what
-- had been weighed out for orders that were not booked yet. The lots are locked by the statement before.
WITH given AS (
    SELECT g.line_no::integer AS line_no, g.counted, g.note, n.lot_id, n.location_id, m.last_move_id
      FROM unnest($3::bigint[], $4::bigint[], $5::text[]) g (line_no, counted, note)
      JOIN count_lines n ON n.shop_id = $1 AND n.count_id = $2 AND n.line_no = g.line_no
     CROSS JOIN LATERAL (SELECT coalesce(max(m.id), 0) AS last_move_id FROM stock_moves m
                          WHERE m.shop_id = $1 AND m.lot_id = n.lot_id AND m.at <= coalesce($7::timestamptz, 'infinity')) m
), facts AS (
    SELECT g.*, coalesce(b.quantity, 0)
           - coalesce((SELECT sum(CASE WHEN m.to_location_id = g.location_id THEN m.quantity ELSE -m.quantity END)
                         FROM stock_moves m
                        WHERE m.shop_id = $1 AND m.lot_id = g.lot_id AND m.id > g.last_move_id
                          AND g.location_id IN (m.from_location_id, m.to_location_id)), 0) AS by_the_books,
           coalesce((SELECT sum(w.weighed) FROM weighings w
                       JOIN orders o ON o.shop_id = w.shop_id AND o.id = w.order_id AND o.allocation_no = w.allocation_no
                                    AND o.state NOT IN ('cancelled', 'wasted')
                      WHERE w.shop_id = $1 AND w.lot_id = g.lot_id AND w.location_id = g.location_id
                        AND w.weighed_at <= coalesce($7::timestamptz, now())
                        AND NOT EXISTS (SELECT FROM stock_moves m WHERE m.shop_id = $1 AND m.order_id = o.id
                                           AND m.lot_id = g.lot_id AND m.reason = 'dispensed' AND m.id <= g.last_move_id)), 0) AS weighed_out
      FROM given g
      LEFT JOIN balances b ON b.shop_id = $1 AND b.lot_id = g.lot_id AND b.location_id = g.location_id
)
INSERT INTO count_entries (shop_id, count_id, line_no, entry_no, counted, expected, weighed_out, last_move_id, counted_by,
                           counted_at, entered_by, note)
SELECT $1, $2, f.line_no, 1 + (SELECT coalesce(max(e.entry_no), 0) FROM count_entries e WHERE e.shop_id = $1 AND e.count_id = $2
                                  AND e.line_no = f.line_no),
       f.counted, f.by_the_books - f.weighed_out, f.weighed_out, f.last_move_id, $6, coalesce($7::timestamptz, now()), $8,
       coalesce(f.note, '')
  FROM facts f
