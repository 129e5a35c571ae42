-- The call list of a recall: every patient to whom something of its lots was handed out or sold, or for whom an order with them
-- waits, with what and how much, and how far the calls are.
WITH given AS (
    SELECT o.patient_id, 'order' AS kind, o.id AS document_id, o.state, m.lot_id, sum(m.quantity)::bigint AS quantity, max(m.at) AS at
      FROM recall_lots r
      JOIN stock_moves m ON m.shop_id = r.shop_id AND m.lot_id = r.lot_id AND m.reason = 'dispensed'
      JOIN orders o ON o.shop_id = m.shop_id AND o.id = m.order_id
     WHERE r.shop_id = $1 AND r.recall_id = $2
     GROUP BY o.patient_id, o.id, o.state, m.lot_id
    UNION ALL
    SELECT o.patient_id, 'waiting order', o.id, o.state, v.lot_id, sum(v.quantity)::bigint, max(a.allocated_at)
      FROM recall_lots r
      JOIN reservations v ON v.shop_id = r.shop_id AND v.lot_id = r.lot_id
      JOIN orders o ON o.shop_id = v.shop_id AND o.id = v.order_id AND o.allocation_no = v.allocation_no
                   AND o.state IN ('allocated', 'released', 'weighed')
      JOIN allocations a ON a.shop_id = v.shop_id AND a.order_id = v.order_id AND a.allocation_no = v.allocation_no
     WHERE r.shop_id = $1 AND r.recall_id = $2
     GROUP BY o.patient_id, o.id, o.state, v.lot_id
    UNION ALL
    SELECT t.patient_id, 'sale', t.id, t.state, k.lot_id, sum(k.quantity)::bigint, max(m.at)
      FROM recall_lots r
      JOIN ticket_lots k ON k.shop_id = r.shop_id AND k.lot_id = r.lot_id
      JOIN tickets t ON t.shop_id = k.shop_id AND t.id = k.ticket_id
      JOIN stock_moves m ON m.shop_id = k.shop_id AND m.id = k.move_id
     WHERE r.shop_id = $1 AND r.recall_id = $2
     GROUP BY t.patient_id, t.id, t.state, k.lot_id
)
SELECT p.id AS patient_id, coalesce(p.code, '') AS patient_code,
       coalesce(nullif(trim(coalesce(p.family_name, '') || ' ' || coalesce(p.given_name, '')), ''), 'not known') AS patient_name,
       p.name_hanzi, p.phone, p.language,
       jsonb_agg(jsonb_build_object('kind', g.kind, 'id', g.document_id, 'state', g.state, 'lot_code', l.lot_code, 'sku', i.sku,
                                    'name', i.name, 'quantity', g.quantity, 'unit', i.unit, 'at', g.at) ORDER BY g.at) AS given,
       string_agg(DISTINCT g.kind || ' ' || g.document_id, ', ') AS documents,
       string_agg(DISTINCT l.lot_code || ' (' || i.name || ')', ', ') AS lots, max(g.at) AS last_at,
       coalesce(c.status, 'to call') AS status, c.note AS call_note, c.at AS called_at, u.display_name AS called_by
  FROM given g
  LEFT JOIN patients p ON p.shop_id = $1 AND p.id = g.patient_id
  JOIN lots l ON l.shop_id = $1 AND l.id = g.lot_id
  JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
  LEFT JOIN LATERAL (SELECT k.status, k.note, k.at, k.called_by FROM recall_calls k
                      WHERE k.shop_id = $1 AND k.recall_id = $2 AND k.patient_id = p.id ORDER BY k.id DESC LIMIT 1) c ON true
  LEFT JOIN users u ON u.shop_id = $1 AND u.id = c.called_by
 GROUP BY p.shop_id, p.id, p.code, p.family_name, p.given_name, p.name_hanzi, p.phone, p.language, c.status, c.note, c.at, u.display_name
 ORDER BY (coalesce(c.status, 'to call') IN ('reached', 'returned', 'used_up', 'refused')), max(g.at) DESC, p.id
