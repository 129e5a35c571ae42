-- The compounding record of an order: every lot with its supplier and what was planned and weighed, who did what when, what screening
-- found and how it was answered, what the label was let through without. $3 is what the label says.
WITH the_order AS (
    SELECT o.id, o.allocation_no, o.prescription_id, o.version, s.time_zone
      FROM orders o JOIN shops s ON s.id = o.shop_id
     WHERE o.shop_id = $1::bigint AND o.id = $2::bigint
), lots_in AS (
    SELECT r.line_no, h.hanzi, h.pinyin, h.english, coalesce(h.pharmaceutical_latin, '') AS latin, coalesce(i.processing, '') AS processing,
           l.lot_code, l.expires_on, u.name AS supplier, r.quantity AS planned, coalesce(w.weighed, 0) AS weighed, r.lot_id
      FROM the_order o
      JOIN reservations r ON r.shop_id = $1 AND r.order_id = o.id AND r.allocation_no = o.allocation_no
      JOIN order_lines n ON n.shop_id = $1 AND n.order_id = o.id AND n.line_no = r.line_no
      JOIN herbs h ON h.id = n.herb_id
      JOIN lots l ON l.shop_id = $1 AND l.id = r.lot_id
      JOIN suppliers u ON u.shop_id = $1 AND u.id = l.supplier_id
      LEFT JOIN weighings w ON w.shop_id = $1 AND w.order_id = r.order_id AND w.allocation_no = r.allocation_no
                           AND w.line_no = r.line_no AND w.lot_id = r.lot_id AND w.location_id = r.location_id
      LEFT JOIN prescription_items i ON i.shop_id = $1 AND i.prescription_id = o.prescription_id AND i.version = o.version
                                    AND i.line_no = r.line_no
), screened AS (
    SELECT coalesce((SELECT e.screening_id FROM releases e WHERE e.shop_id = $1 AND e.order_id = $2),
                    (SELECT max(l.id) FROM screenings l, the_order o
                      WHERE l.shop_id = $1 AND l.prescription_id = o.prescription_id AND l.version = o.version)) AS id
), lines (list, position, text, field) AS (
    SELECT 'findings', f.finding_no,
           f.severity || ': ' || concat_ws(' × ', nullif(f.subject_name, ''), nullif(f.object_name, '')) || '. ' || f.effect ||
           coalesce(E'\n→ ' || r.english || nullif('. ' || a.note, '. ') || ' (' || u.display_name || ', ' ||
                    to_char(a.answered_at AT TIME ZONE o.time_zone, 'YYYY-MM-DD HH24:MI') || ')' ||
                    coalesce('; read by ' || reader.display_name, ''), ''), 'query_note'
      FROM the_order o CROSS JOIN screened c
      JOIN findings f ON f.shop_id = $1 AND f.screening_id = c.id
      LEFT JOIN answers a ON a.shop_id = $1 AND a.screening_id = f.screening_id AND a.critical_no = f.critical_no
      LEFT JOIN answer_reasons r ON r.code = a.reason
      LEFT JOIN users u ON u.shop_id = $1 AND u.id = a.answered_by
      LEFT JOIN acknowledgements k ON k.shop_id = $1 AND k.screening_id = a.screening_id AND k.answer_no = a.answer_no
      LEFT JOIN users reader ON reader.shop_id = $1 AND reader.id = k.acknowledged_by
    UNION ALL
    SELECT 'products', row_number() OVER (ORDER BY r.line_no, l.expires_on NULLS LAST, l.id),
           n.pinyin || concat(' ', nullif(n.hanzi, '')) || ' × ' || coalesce(w.weighed, r.quantity) || '. Lot ' || l.lot_code ||
           coalesce(', use by ' || l.expires_on, '') || ', ' || s.name || CASE WHEN w.lot_id IS NULL THEN ' (not put in yet)' ELSE '' END, ''
      FROM the_order o
      JOIN reservations r ON r.shop_id = $1 AND r.order_id = o.id AND r.allocation_no = o.allocation_no
      JOIN order_line_names n ON n.shop_id = $1 AND n.order_id = o.id AND n.line_no = r.line_no AND n.herb_id IS NULL
      JOIN lots l ON l.shop_id = $1 AND l.id = r.lot_id
      JOIN suppliers s ON s.shop_id = $1 AND s.id = l.supplier_id
      LEFT JOIN weighings w ON w.shop_id = $1 AND w.order_id = r.order_id AND w.allocation_no = r.allocation_no
                           AND w.line_no = r.line_no AND w.lot_id = r.lot_id AND w.location_id = r.location_id
    UNION ALL
    SELECT 'events', row_number() OVER (ORDER BY e.id),
           to_char(e.at AT TIME ZONE o.time_zone, 'YYYY-MM-DD HH24:MI') || '  ' || replace(e.event, '_', ' ') || ', ' ||
           coalesce(u.display_name, 'the system') || coalesce(nullif(': ' || e.note, ': '), ''),
           CASE WHEN e.event ~ 'check' THEN 'quality_check;checker_name' WHEN e.event ~ 'weigh' THEN 'prepared_by;prepared_on' ELSE '' END
      FROM the_order o JOIN order_events e ON e.shop_id = $1 AND e.order_id = o.id
      LEFT JOIN users u ON u.shop_id = $1 AND u.id = e.user_id
    UNION ALL
    SELECT 'overrides', row_number() OVER (ORDER BY v.overridden_at, v.field),
           v.profile_id || ', ' || v.kind || ': ' || f.english || ' ' || replace(v.fault, '_', ' ') || '. ' || r.english || ': ' || v.note ||
           ' (' || coalesce(u.display_name, 'the system') || ', ' || to_char(v.overridden_at AT TIME ZONE o.time_zone, 'YYYY-MM-DD HH24:MI') || ')', ''
      FROM the_order o JOIN label_overrides v ON v.shop_id = $1 AND v.order_id = o.id
      JOIN label_fields f ON f.id = v.field
      JOIN label_override_reasons r ON r.code = v.reason
      LEFT JOIN users u ON u.shop_id = $1 AND u.id = v.overridden_by
)
SELECT ($3::jsonb || jsonb_build_object(
    'total', coalesce(nullif((SELECT sum(weighed) FROM lots_in), 0), (SELECT sum(planned) FROM lots_in)),
    'ingredients', (SELECT jsonb_agg(jsonb_build_object('hanzi', hanzi, 'pinyin', pinyin, 'english', english, 'latin', latin,
                        'preparation', processing, 'handling', '', 'lot', lot_code, 'expires_on', expires_on, 'supplier', supplier,
                        'planned', planned, 'total', weighed) ORDER BY line_no, expires_on NULLS LAST, lot_id) FROM lots_in),
    'lists', (SELECT coalesce(jsonb_object_agg(list, said), '{}') FROM (
                SELECT list, jsonb_agg(jsonb_build_object('text', text, 'field', field) ORDER BY position) AS said
                  FROM lines GROUP BY list) l)))::text AS content
