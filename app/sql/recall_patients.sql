-- The call list of a recall: every patient to whom something of its lots was handed out or sold, or for whom an order with them
-- waits, with what and how much, and how far the calls are.
SELECT p.id AS patient_id, coalesce(p.code, '') AS patient_code,
       coalesce(nullif(trim(coalesce(p.family_name, '') || ' ' || coalesce(p.given_name, '')), ''), 'not known') AS patient_name,
       p.name_hanzi, p.phone, p.language,
       jsonb_agg(jsonb_build_object('kind', g.kind, 'id', g.document_id, 'state', g.state, 'lot_code', l.lot_code, 'sku', i.sku,
                                    'name', i.name, 'name_hanzi', i.name_hanzi, 'quantity', g.quantity, 'unit', i.unit, 'at', g.at) ORDER BY g.at) AS given,
       string_agg(DISTINCT g.kind || ' ' || g.document_id, ', ') AS documents,
       string_agg(DISTINCT l.lot_code || ' (' || i.name || ')', ', ') AS lots, max(g.at) AS last_at,
       coalesce(c.status, 'to call') AS status, c.note AS call_note, c.at AS called_at, u.display_name AS called_by
  FROM recall_given($1, $2) g
  LEFT JOIN patients p ON p.shop_id = $1 AND p.id = g.patient_id
  JOIN lots l ON l.shop_id = $1 AND l.id = g.lot_id
  JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
  LEFT JOIN LATERAL (SELECT k.status, k.note, k.at, k.called_by FROM recall_calls k
                      WHERE k.shop_id = $1 AND k.recall_id = $2 AND k.patient_id = p.id ORDER BY k.id DESC LIMIT 1) c ON true
  LEFT JOIN users u ON u.shop_id = $1 AND u.id = c.called_by
 GROUP BY p.shop_id, p.id, p.code, p.family_name, p.given_name, p.name_hanzi, p.phone, p.language, c.status, c.note, c.at, u.display_name
 ORDER BY (coalesce(c.status, 'to call') IN ('reached', 'returned', 'used_up', 'refused')), max(g.at) DESC, p.id
