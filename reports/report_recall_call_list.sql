-- Whom to call for recall $2, or for the newest: every patient who got something of its lots or of what was made of them, or for
-- whom it waits; still to call first.
WITH recall AS (
    SELECT id FROM recalls WHERE shop_id = $1 AND id = coalesce($2::bigint, (SELECT max(id) FROM recalls WHERE shop_id = $1))
)
SELECT coalesce(c.status, 'to call') AS status, coalesce(p.code, '') AS patient_code,
       coalesce(nullif(trim(concat_ws(' ', p.given_name, p.family_name)), ''), 'not known') AS patient_name, p.name_hanzi, p.phone,
       p.language, g.kind || ' ' || g.document_id AS document, i.name, l.lot_code,
       CASE i.unit WHEN 'mg' THEN g.quantity END AS quantity_mg, CASE i.unit WHEN 'each' THEN g.quantity END AS pieces,
       to_char(g.at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS given_at, u.display_name AS called_by,
       to_char(c.at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS called_at, c.note AS call_note
  FROM recall
 CROSS JOIN LATERAL recall_given($1, recall.id) g
  JOIN shops s ON s.id = $1
  JOIN lots l ON l.shop_id = $1 AND l.id = g.lot_id
  JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
  LEFT JOIN patients p ON p.shop_id = $1 AND p.id = g.patient_id
  LEFT JOIN LATERAL (SELECT k.status, k.note, k.at, k.called_by FROM recall_calls k
                      WHERE k.shop_id = $1 AND k.recall_id = recall.id AND k.patient_id = p.id
                      ORDER BY k.id DESC LIMIT 1) c ON true
  LEFT JOIN users u ON u.shop_id = $1 AND u.id = c.called_by
 ORDER BY c.status IS NOT NULL, patient_name, p.id, g.at
