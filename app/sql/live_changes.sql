-- What was added behind the four places. Numbers are given before they are committed, so a smaller one may appear after a
-- larger: the first row says which transactions are over (all below `id`) and which have begun (all below `subject`), by
-- which core/follow.c knows up to where nothing can appear any more.
(SELECT 'snapshot' AS source, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS id,
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS subject, '' AS word)
UNION ALL
(SELECT 'stock', m.id, l.item_id, m.reason
   FROM stock_moves m
   JOIN lots l ON l.shop_id = $1 AND l.id = m.lot_id
  WHERE m.shop_id = $1 AND m.id > $2
  ORDER BY m.id LIMIT $6)
UNION ALL
(SELECT 'order', e.id, e.order_id, e.state FROM order_events e WHERE e.shop_id = $1 AND e.id > $3 ORDER BY e.id LIMIT $6)
UNION ALL
(SELECT 'lot', e.id, e.lot_id, e.status FROM lot_events e WHERE e.shop_id = $1 AND e.id > $4 ORDER BY e.id LIMIT $6)
UNION ALL -- by the index audit_told, whose condition this is
(SELECT 'change', a.id, substring(a.subject FROM '[0-9]+$')::bigint, substring(a.subject FROM '^(.*) [0-9]+$')
   FROM audit a
  WHERE a.shop_id = $1 AND a.id > $5
    AND a.subject ~ '^(batch|count|intake|prescription|purchase order|recall|transfer) [0-9]+$'
  ORDER BY a.id LIMIT $6)
