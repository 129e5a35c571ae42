-- Recalls, newest first, or one: its lots with where they lie and where all of each went, how long it took until everybody concerned
-- was known, and how much of what came in can be accounted for by name or place, in thousandths.
SELECT r.id, r.mock, r.reason, r.started_at, u.display_name AS started_by, r.listed_at,
       extract(epoch FROM r.listed_at - r.started_at)::numeric(12, 3) AS seconds, r.ended_at, v.display_name AS ended_by, r.ended_note,
       w.lots, w.accounted_permille
  FROM recalls r
  LEFT JOIN users u ON u.shop_id = r.shop_id AND u.id = r.started_by
  LEFT JOIN users v ON v.shop_id = r.shop_id AND v.id = r.ended_by
 CROSS JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('lot_id', l.id, 'sku', i.sku, 'name', i.name, 'unit', i.unit, 'lot_code', l.lot_code,
                                            'expires_on', l.expires_on, 'named', k.named, 'status_before', k.status_before,
                                            'status', l.status, 'came_in', f.came_in, 'on_hand', f.on_hand, 'patients', f.patients,
                                            'customers_not_known', f.unknown, 'lost', f.lost, 'made_into_others', f.made,
                                            'supplier', f.supplier, 'other_shops', f.shops, 'adjusted', f.adjusted,
                                            'name_hanzi', i.name_hanzi, 'supplier_name', s.name, 'lies', f.lies)
                         ORDER BY k.named DESC, l.id) AS lots,
               CASE WHEN sum(f.came_in) > 0 THEN round(1000 - 1000 * sum(f.unknown) / sum(f.came_in))::bigint END AS accounted_permille
          FROM recall_lots k
          JOIN lots l ON l.shop_id = k.shop_id AND l.id = k.lot_id
          JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
          JOIN suppliers s ON s.shop_id = l.shop_id AND s.id = l.supplier_id
         CROSS JOIN LATERAL (
                SELECT coalesce(sum(b.quantity) FILTER (WHERE b.internal), 0) AS on_hand,
                       coalesce(sum(b.quantity) FILTER (WHERE p.kind = 'patient'), 0) - n.unknown AS patients, n.unknown,
                       coalesce(sum(b.quantity) FILTER (WHERE p.kind = 'loss'), 0) AS lost,
                       coalesce(sum(greatest(b.quantity, 0)) FILTER (WHERE p.kind = 'production'), 0) AS made,
                       coalesce(sum(greatest(b.quantity, 0)) FILTER (WHERE p.kind = 'supplier'), 0) AS supplier,
                       coalesce(sum(greatest(b.quantity, 0)) FILTER (WHERE p.kind = 'other_shop'), 0) AS shops,
                       coalesce(sum(b.quantity) FILTER (WHERE p.kind = 'adjustment'), 0) AS adjusted,
                       coalesce(sum(-least(b.quantity, 0)) FILTER (WHERE p.kind IN ('supplier', 'production', 'other_shop')), 0) AS came_in,
                       coalesce(jsonb_agg(jsonb_build_object('location', p.code, 'quantity', b.quantity) ORDER BY p.code)
                                FILTER (WHERE b.internal AND b.quantity > 0), '[]') AS lies
                  FROM balances b
                  JOIN locations p ON p.shop_id = b.shop_id AND p.id = b.location_id
                 CROSS JOIN (SELECT coalesce(sum(t.quantity), 0) AS unknown FROM ticket_lots t
                               JOIN tickets s ON s.shop_id = t.shop_id AND s.id = t.ticket_id AND s.patient_id IS NULL
                              WHERE t.shop_id = k.shop_id AND t.lot_id = k.lot_id) n
                 WHERE b.shop_id = k.shop_id AND b.lot_id = k.lot_id
                 GROUP BY n.unknown) f
         WHERE k.shop_id = r.shop_id AND k.recall_id = r.id) w
 WHERE r.shop_id = $1 AND ($2::bigint IS NULL OR r.id = $2::bigint)
 ORDER BY r.id DESC
 LIMIT 200
