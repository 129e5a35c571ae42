-- Each line that was counted, with its last entry, and what the books would have to change by now: the difference when it was
-- counted, less what was corrected since. weighed_out: what of an order that was not booked yet was missing in it already; moved:
-- what came and went since and is no difference. beyond: it takes another person; approved_by: who has approved that entry.
SELECT n.line_no, p.code AS location, p.id AS location_id, i.sku, i.name, i.name_hanzi, i.unit, l.id AS lot_id, l.lot_code, e.entry_no,
       e.counted, e.expected, e.counted_by, u.display_name AS counted_by_name, e.counted_at, e.note, e.weighed_out,
       d.moved, d.difference,
       v.value_cents, c.limit_permille, c.limit_cents,
       abs(d.difference) * 1000 > e.expected * c.limit_permille OR v.value_cents > c.limit_cents AS beyond,
       coalesce(a.approved_by, 0) AS approved_by, w.display_name AS approved_by_name
  FROM counts c
  JOIN count_lines n ON n.shop_id = c.shop_id AND n.count_id = c.id
  JOIN LATERAL (SELECT * FROM count_entries e WHERE e.shop_id = n.shop_id AND e.count_id = n.count_id AND e.line_no = n.line_no
                 ORDER BY e.entry_no DESC LIMIT 1) e ON true
  JOIN locations p ON p.shop_id = n.shop_id AND p.id = n.location_id
  JOIN lots l ON l.shop_id = n.shop_id AND l.id = n.lot_id
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
  JOIN users u ON u.shop_id = e.shop_id AND u.id = e.counted_by
 CROSS JOIN LATERAL (
        SELECT (e.counted - e.expected - coalesce(sum(q.quantity) FILTER (WHERE m.reason = 'adjusted'), 0))::bigint AS difference,
               coalesce(sum(q.quantity) FILTER (WHERE m.reason <> 'adjusted'), 0)::bigint AS moved
          FROM stock_moves m
         CROSS JOIN LATERAL (SELECT CASE WHEN m.to_location_id = n.location_id THEN m.quantity ELSE -m.quantity END AS quantity) q
         WHERE c.state = 'open' AND m.shop_id = n.shop_id AND m.lot_id = n.lot_id AND m.id > e.last_move_id
           AND n.location_id IN (m.from_location_id, m.to_location_id)) d
 CROSS JOIN LATERAL (SELECT round(abs(d.difference)::numeric * l.cost_cents / l.cost_quantity)::bigint AS value_cents) v
  LEFT JOIN LATERAL (SELECT a.approved_by FROM count_approvals a WHERE a.shop_id = e.shop_id AND a.count_id = e.count_id
                        AND a.line_no = e.line_no AND a.entry_no = e.entry_no ORDER BY a.approved_at LIMIT 1) a ON true
  LEFT JOIN users w ON w.shop_id = e.shop_id AND w.id = a.approved_by
 WHERE c.shop_id = $1 AND c.id = $2
 ORDER BY n.line_no
