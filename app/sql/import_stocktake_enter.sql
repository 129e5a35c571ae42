-- What filled-in sheets say was counted, beside the books of this moment, as count_enter does for what is typed. The lots are locked.
WITH given AS (
    SELECT g.count_id, g.made_by, g.line_no::integer AS line_no, g.counted, g.note, n.lot_id, n.location_id, m.last_move_id
      FROM (SELECT (r.cells ->> 'count_no')::bigint AS count_id, (r.cells ->> 'line_no')::bigint AS line_no,
                   coalesce(r.cells ->> 'counted_mg', r.cells ->> 'counted_pieces')::bigint AS counted, r.cells ->> 'note' AS note,
                   i.made_by
              FROM import_rows r JOIN imports i ON i.shop_id = r.shop_id AND i.id = r.import_id
             WHERE r.shop_id = $1 AND r.import_id = $2
               AND coalesce(r.cells ->> 'counted_mg', r.cells ->> 'counted_pieces') IS NOT NULL) g
      JOIN count_lines n ON n.shop_id = $1 AND n.count_id = g.count_id AND n.line_no = g.line_no
     CROSS JOIN LATERAL (SELECT coalesce(max(m.id), 0) AS last_move_id FROM stock_moves m
                          WHERE m.shop_id = $1 AND m.lot_id = n.lot_id) m
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
                        AND NOT EXISTS (SELECT FROM stock_moves m WHERE m.shop_id = $1 AND m.order_id = o.id
                                           AND m.lot_id = g.lot_id AND m.reason = 'dispensed' AND m.id <= g.last_move_id)), 0) AS weighed_out
      FROM given g
      LEFT JOIN balances b ON b.shop_id = $1 AND b.lot_id = g.lot_id AND b.location_id = g.location_id
)
INSERT INTO count_entries (shop_id, count_id, line_no, entry_no, counted, expected, weighed_out, last_move_id, counted_by,
                           counted_at, entered_by, note)
SELECT $1, f.count_id, f.line_no, 1 + (SELECT coalesce(max(e.entry_no), 0) FROM count_entries e WHERE e.shop_id = $1 AND e.count_id = f.count_id
                                  AND e.line_no = f.line_no),
       f.counted, f.by_the_books - f.weighed_out, f.weighed_out, f.last_move_id, f.made_by, now(), f.made_by,
       coalesce(f.note, '')
  FROM facts f
