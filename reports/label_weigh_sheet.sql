-- What the bench needs of each order of a list: one ingredient per reserved lot and place, in the order of the prescription, with the target of
-- that lot. The names are those of struct label_content.
SELECT i.id, one.state, one.content
  FROM unnest($2::bigint[]) WITH ORDINALITY AS i (id, n)
 CROSS JOIN LATERAL (
WITH the_order AS (
    SELECT o.id, o.state, o.allocation_no, o.prescription_id, o.version, o.patient_id, o.packets, v.dosage_form, d.english AS form,
           d.hanzi AS form_hanzi, d.unit, ceil(v.days * v.doses_per_day * o.packets / v.packets::numeric)::integer AS doses, g.signed_by, v.overage_permille,
           CASE WHEN o.packets = v.packets THEN v.unit_count || ' × ' || trim_scale(round(v.unit_mg / 1000.0, 3)) || ' g' END AS units
      FROM orders o
      JOIN prescription_versions v ON v.shop_id = $1 AND v.prescription_id = o.prescription_id AND v.version = o.version
      JOIN dosage_forms d ON d.id = v.dosage_form
      JOIN signatures g ON g.shop_id = $1 AND g.prescription_id = o.prescription_id AND g.version = o.version
     WHERE o.shop_id = $1::bigint AND o.id = i.id
), lots_to_weigh AS (
    SELECT r.line_no, r.quantity, n.quantity AS line_quantity, h.hanzi, h.pinyin, h.english, coalesce(i.processing, '') AS processing,
           CASE o.dosage_form WHEN 'raw_decoction' THEN handling_words(i.handling, 'english') END AS handling,
           p.code AS drawer, l.lot_code, l.expires_on, r.lot_id
      FROM the_order o
      JOIN reservations r ON r.shop_id = $1 AND r.order_id = o.id AND r.allocation_no = o.allocation_no
      JOIN order_lines n ON n.shop_id = $1 AND n.order_id = o.id AND n.line_no = r.line_no
      JOIN herbs h ON h.id = n.herb_id
      JOIN lots l ON l.shop_id = $1 AND l.id = r.lot_id
      JOIN locations p ON p.shop_id = $1 AND p.id = r.location_id
      LEFT JOIN prescription_items i ON i.shop_id = $1 AND i.prescription_id = o.prescription_id AND i.version = o.version
                                    AND i.line_no = r.line_no
)
SELECT o.state, jsonb_build_object(
    'shop_name', concat_ws(' ', s.name, s.name_hanzi),
    'patient_name', concat_ws(' ', nullif(p.given_name, ''), p.family_name, p.name_hanzi), 'patient_born', p.born_on,
    'prescriber_name', concat_ws(' ', u.display_name, u.name_hanzi),
    'order_number', lpad(o.id::text, greatest(6, length(o.id::text)), '0'),
    'product_name', coalesce((SELECT string_agg(x.name, ' + ' ORDER BY x.seq, x.name)
                                FROM (SELECT pf.seq, f.pinyin || ' ' || f.hanzi AS name
                                        FROM prescription_formulas pf JOIN formulas f ON f.id = pf.formula_id
                                       WHERE pf.shop_id = $1 AND pf.prescription_id = o.prescription_id AND pf.version = o.version
                                      UNION ALL
                                      SELECT 1000 + w.seq, h.name FROM prescription_houses w JOIN house_formulas h ON h.shop_id = $1 AND h.id = w.house_formula_id
                                       WHERE w.shop_id = $1 AND w.prescription_id = o.prescription_id AND w.version = o.version) x),
                             'Herbal formula 中药方'),
    'form', concat_ws(' ', o.form, o.form_hanzi),
    'packets', CASE WHEN o.unit IN ('packet', 'sachet') THEN o.packets || ' ' || o.unit || CASE o.packets WHEN 1 THEN '' ELSE 's' END
                    ELSE o.doses || ' doses' || coalesce(', ' || o.units, '') END,
    'overage', CASE WHEN o.overage_permille > 0 THEN trim_scale(o.overage_permille / 10.0) || ' %: every weight here includes it 已含损耗' END,
    'total', (SELECT sum(quantity) FROM lots_to_weigh),
    'packet_total', (SELECT round(sum(quantity)::numeric / o.packets) FROM lots_to_weigh WHERE o.unit IN ('packet', 'sachet')),
    'tolerance_permille', a.tolerance_permille,
    'printed_at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'ingredients', (SELECT jsonb_agg(jsonb_build_object('hanzi', w.hanzi, 'pinyin', w.pinyin, 'english', w.english,
                        'preparation', w.processing, 'handling', coalesce(w.handling, ''), 'total', w.quantity, 'drawer', w.drawer, 'lot', w.lot_code,
                        'expires_on', w.expires_on) ORDER BY w.line_no, w.expires_on NULLS LAST, w.lot_id, w.drawer)
                      FROM lots_to_weigh w),
    'lists', jsonb_build_object('products', coalesce((
        SELECT jsonb_agg(jsonb_build_object('text', n.pinyin || concat(' ', nullif(n.hanzi, '')) || ' × ' || r.quantity || ': ' || d.code || ', lot ' ||
                                                    l.lot_code || coalesce(', use by ' || l.expires_on, ''), 'field', '')
                         ORDER BY r.line_no, l.expires_on NULLS LAST, l.id)
          FROM reservations r
          JOIN order_line_names n ON n.shop_id = $1 AND n.order_id = o.id AND n.line_no = r.line_no AND n.herb_id IS NULL
          JOIN lots l ON l.shop_id = $1 AND l.id = r.lot_id
          JOIN locations d ON d.shop_id = $1 AND d.id = r.location_id
         WHERE r.shop_id = $1 AND r.order_id = o.id AND r.allocation_no = o.allocation_no), '[]')))::text AS content
  FROM the_order o
  JOIN shops s ON s.id = $1
  JOIN patients p ON p.shop_id = $1 AND p.id = o.patient_id
  JOIN prescribers u ON u.shop_id = $1 AND u.prescription_id = o.prescription_id AND u.version = o.version
  LEFT JOIN allocations a ON a.shop_id = $1 AND a.order_id = o.id AND a.allocation_no = o.allocation_no
  ) one
 ORDER BY i.n
