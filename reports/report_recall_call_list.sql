-- Whom to call for recall $2, or for the newest: every patient who got something of its lots or of what was made of them, or for
-- whom it waits; still to call first.
WITH recall AS (
    SELECT id FROM recalls WHERE shop_id = $1 AND id = coalesce($2::bigint, (SELECT max(id) FROM recalls WHERE shop_id = $1))
), given AS (
    SELECT o.patient_id, 'order ' || o.id AS document, m.lot_id, sum(m.quantity)::bigint AS quantity, max(m.at) AS at
      FROM recall c
      JOIN recall_lots r ON r.shop_id = $1 AND r.recall_id = c.id
      JOIN stock_moves m ON m.shop_id = $1 AND m.lot_id = r.lot_id AND m.reason = 'dispensed'
      JOIN orders o ON o.shop_id = $1 AND o.id = m.order_id
     GROUP BY o.patient_id, o.id, m.lot_id
    UNION ALL
    SELECT o.patient_id, 'waiting order ' || o.id, v.lot_id, sum(v.quantity)::bigint, max(a.allocated_at)
      FROM recall c
      JOIN recall_lots r ON r.shop_id = $1 AND r.recall_id = c.id
      JOIN reservations v ON v.shop_id = $1 AND v.lot_id = r.lot_id
      JOIN orders o ON o.shop_id = $1 AND o.id = v.order_id AND o.allocation_no = v.allocation_no
                   AND o.state IN ('allocated', 'released', 'weighed')
      JOIN allocations a ON a.shop_id = $1 AND a.order_id = v.order_id AND a.allocation_no = v.allocation_no
     GROUP BY o.patient_id, o.id, v.lot_id
    UNION ALL
    SELECT t.patient_id, 'sale ' || t.id, k.lot_id, sum(k.quantity)::bigint, max(m.at)
      FROM recall c
      JOIN recall_lots r ON r.shop_id = $1 AND r.recall_id = c.id
      JOIN ticket_lots k ON k.shop_id = $1 AND k.lot_id = r.lot_id
      JOIN tickets t ON t.shop_id = $1 AND t.id = k.ticket_id
      JOIN stock_moves m ON m.shop_id = $1 AND m.id = k.move_id
     GROUP BY t.patient_id, t.id, k.lot_id
)
SELECT coalesce(c.status, 'to call') AS status, coalesce(p.code, '') AS patient_code,
       coalesce(nullif(trim(concat_ws(' ', p.given_name, p.family_name)), ''), 'not known') AS patient_name, p.name_hanzi, p.phone,
       p.language, g.document, i.name, l.lot_code,
       CASE i.unit WHEN 'mg' THEN g.quantity END AS quantity_mg, CASE i.unit WHEN 'each' THEN g.quantity END AS pieces,
       to_char(g.at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS given_at, u.display_name AS called_by,
       to_char(c.at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS called_at, c.note AS call_note
  FROM given g
  JOIN shops s ON s.id = $1
  JOIN lots l ON l.shop_id = $1 AND l.id = g.lot_id
  JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
  LEFT JOIN patients p ON p.shop_id = $1 AND p.id = g.patient_id
  LEFT JOIN LATERAL (SELECT k.status, k.note, k.at, k.called_by FROM recall_calls k
                      WHERE k.shop_id = $1 AND k.recall_id = (SELECT id FROM recall) AND k.patient_id = p.id
                      ORDER BY k.id DESC LIMIT 1) c ON true
  LEFT JOIN users u ON u.shop_id = $1 AND u.id = c.called_by
 ORDER BY c.status IS NOT NULL, patient_name, p.id, g.at
