-- The paper of a prescription, for each of a list: what its prescriber signs, with the findings and why she answered them so, and what the
-- dispensary adds when it has filled it (Cap 549F reg 7(k), Pharmacists Act art 18). The newest version; 'signed' once it is. In $4, or
-- what the profile's ($3, or the shop's) documents of this kind ($5) must be written in, else English.
WITH shop AS MATERIALIZED (
    SELECT s.*, concat_ws(', ', s.street, s.city, concat_ws(' ', s.region, s.postal_code)) AS address, coalesce($3::text, s.label_profile) AS profile
      FROM shops s WHERE s.id = $1::bigint
), law AS MATERIALIZED (
    SELECT coalesce($4::text, CASE max(r.language_code) FILTER (WHERE r.language_code <> 'english') WHEN 'zh_hans' THEN 'zh_hans' WHEN 'zh_hant' THEN 'zh_hant'
                              WHEN 'chinese' THEN 'zh_hant' END, 'english') AS language,
           coalesce(bool_or(r.field = 'herb_names_latin'), false) AS latin
      FROM shop s JOIN label_profiles r ON r.profile_id = s.profile
     WHERE r.document = $5::text AND r.retired_at IS NULL AND coalesce(r.in_force_from, '-infinity') <= shop_today($1)
)
SELECT i.id, one.state, one.content
  FROM shop s CROSS JOIN law CROSS JOIN unnest($2::bigint[]) WITH ORDINALITY AS i (id, n)
 CROSS JOIN LATERAL (
WITH the_one AS (
    SELECT r.id, r.patient_id, r.intake_id, v.*, d.english AS form, CASE law.language WHEN 'zh_hant' THEN coalesce(d.hanzi_traditional, d.hanzi) ELSE d.hanzi END AS form_hanzi,
           d.unit, coalesce(CASE WHEN ar.external THEN 'external' WHEN NOT ar.external THEN 'oral' END, d.route) AS route, g.signed_by, g.signed_at, g.screening_id, coalesce(g.signed_by, v.created_by) AS prescriber_id, f.noted, o.order_id
      FROM prescriptions r
     CROSS JOIN LATERAL (SELECT * FROM prescription_versions v WHERE v.shop_id = $1 AND v.prescription_id = r.id ORDER BY v.version DESC LIMIT 1) v
      JOIN dosage_forms d ON d.id = v.dosage_form
      LEFT JOIN administration_words ar ON ar.use = 'route' AND ar.code = v.route_code
      LEFT JOIN signatures g ON g.shop_id = $1 AND g.prescription_id = r.id AND g.version = v.version
      -- the newest order of this version that was not given up
      LEFT JOIN LATERAL (SELECT max(o.id) AS order_id FROM orders o WHERE o.shop_id = $1 AND o.prescription_id = r.id AND o.version = v.version
                            AND o.state NOT IN ('cancelled', 'rejected', 'wasted')) o ON true
     CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_object_agg(field, text) FILTER (WHERE text <> ''), '{}') AS noted
          FROM (SELECT DISTINCT ON (field) field, text
                  FROM (SELECT field, text, id FROM label_facts WHERE shop_id = $1 AND prescription_id = r.id
                        UNION ALL
                        SELECT field, text, id FROM label_facts WHERE shop_id = $1 AND patient_id = r.patient_id
                        UNION ALL
                        SELECT field, text, id FROM label_facts WHERE shop_id = $1 AND user_id = coalesce(g.signed_by, v.created_by)) known
                 ORDER BY field, id DESC) newest) f
     WHERE r.shop_id = $1 AND r.id = i.id
), items_in AS (
    SELECT t.line_no, h.pinyin, CASE law.language WHEN 'zh_hant' THEN coalesce(h.hanzi_traditional, h.hanzi) ELSE h.hanzi END AS hanzi, h.english,
           CASE WHEN law.latin THEN coalesce(h.pharmaceutical_latin, '') ELSE '' END AS latin, h.pinyin_plain, t.processing, t.handling, t.via, t.total_mg,
           round(t.total_mg::numeric / p.packets)::bigint AS packet
      FROM the_one p JOIN prescription_items t ON t.shop_id = $1 AND t.prescription_id = p.id AND t.version = p.version
      JOIN herbs h ON h.id = t.herb_id
), formula AS (
    SELECT string_agg(f.name, ' + ' ORDER BY f.seq, f.id) AS pinyin, string_agg(f.english, ' + ' ORDER BY f.seq, f.id) AS english,
           string_agg(f.hanzi, '、' ORDER BY f.seq, f.id) AS hanzi
      FROM (SELECT pf.seq, 0 AS id, f.pinyin AS name, f.english,
                   CASE law.language WHEN 'zh_hant' THEN coalesce(f.hanzi_traditional, f.hanzi) ELSE f.hanzi END AS hanzi
              FROM the_one p JOIN prescription_formulas pf ON pf.shop_id = $1 AND pf.prescription_id = p.id AND pf.version = p.version
              JOIN formulas f ON f.id = pf.formula_id
            UNION ALL
            SELECT 1000 + w.seq, h.id, h.name, NULL, NULL
              FROM the_one p JOIN prescription_houses w ON w.shop_id = $1 AND w.prescription_id = p.id AND w.version = p.version
              JOIN house_formulas h ON h.shop_id = $1 AND h.id = w.house_formula_id) f
), filled AS (
    SELECT (k.checked_at AT TIME ZONE s.time_zone)::date AS dispensed_on, filler.display_name AS filled_by, checker.display_name AS checked_by,
           reviewer.display_name AS reviewer_name, issuer.display_name AS issuer_name,
           (SELECT round(sum(q.total_cents) / 100.0, 2) || ' ' || s.currency
              FROM ticket_lines n JOIN tickets k ON k.shop_id = $1 AND k.id = n.ticket_id AND k.state NOT IN ('open', 'cancelled')
              JOIN quote_lines q ON q.shop_id = $1 AND q.ticket_id = k.id AND q.quote_no = k.quote_no AND q.order_id = n.order_id
             WHERE n.shop_id = $1 AND n.order_id = p.order_id GROUP BY k.id ORDER BY k.id DESC LIMIT 1) AS price
      FROM the_one p
      LEFT JOIN order_fillers f ON f.shop_id = $1 AND f.order_id = p.order_id
      LEFT JOIN users filler ON filler.shop_id = $1 AND filler.id = f.filler_id
      LEFT JOIN final_checks k ON k.shop_id = $1 AND k.order_id = p.order_id
      LEFT JOIN users checker ON checker.shop_id = $1 AND checker.id = k.checker_id
      LEFT JOIN releases e ON e.shop_id = $1 AND e.order_id = p.order_id
      LEFT JOIN users reviewer ON reviewer.shop_id = $1 AND reviewer.id = e.released_by
      LEFT JOIN handovers h ON h.shop_id = $1 AND h.order_id = p.order_id
      LEFT JOIN users issuer ON issuer.shop_id = $1 AND issuer.id = h.handed_by
), steps AS (
    SELECT x.position, x.key, x.value, x.field
      FROM the_one p
     CROSS JOIN LATERAL (VALUES
        (1, CASE WHEN p.unit IN ('packet', 'sachet') THEN 'packets_total' ELSE 'dose_per_intake' END,
         CASE WHEN p.unit IN ('packet', 'sachet') THEN p.packets::text
              WHEN p.unit_count > 0 THEN p.unit_count / (p.days * p.doses_per_day) || ' × ' || trim_scale(round(p.unit_mg / 1000.0, 3)) || ' g'
              ELSE trim_scale(round(coalesce(p.dose_mg, coalesce(p.form_total_mg, p.total_mg) / (p.days * p.doses_per_day)) / 1000.0, 2)) || ' g' END, 'dose'),
        (2, CASE WHEN p.dosage_form = 'raw_decoction' AND p.packets = p.days THEN 'take_1_packet_daily' END, '', 'dose;frequency'),
        (3, 'doses_per_day', p.doses_per_day::text, 'frequency'),
        (4, 'for_days', p.days::text, 'duration'),
        (5, 'route_' || coalesce(p.route_code, p.noted ->> 'route', p.route), '', 'route'),
        (6, coalesce(p.timing_code, p.noted ->> 'timing'), '', 'timing;frequency'),
        (6, p.frequency_code, '', 'frequency'),
        (7, CASE WHEN p.dosage_form = 'raw_decoction' THEN 'soak_30' WHEN p.dosage_form = 'decocted_liquid' THEN 'warm_pouch'
                 WHEN p.dosage_form IN ('granule', 'granule_sachet') THEN 'dissolve_hot_water' WHEN p.dosage_form = 'capsule' THEN 'swallow_capsules'
                 WHEN p.dosage_form IN ('honey_pill', 'water_pill', 'concentrated_pill') THEN 'swallow_pills'
                 WHEN p.dosage_form IN ('syrup', 'tincture', 'liniment') THEN 'shake_well' END, '', 'preparation'),
        (8, CASE WHEN p.dosage_form = 'raw_decoction' THEN 'boil_simmer_30' END, '', 'preparation')) x (position, key, value, field)
), directions AS (
    SELECT t.position, regexp_replace(w.own, '\{\w+\}', t.value) AS text,
           CASE WHEN w.own = p.english THEN '' ELSE regexp_replace(p.english, '\{\w+\}', t.value) END AS english, t.field
      FROM steps t JOIN label_phrases p ON p.key = t.key CROSS JOIN LATERAL (SELECT phrase_in(p, law.language) AS own) w
    UNION ALL SELECT 9, p.directions, '', 'directions;preparation' FROM the_one p WHERE p.directions <> ''
), said (list, position, text, field) AS (
    SELECT 'findings', f.finding_no,
           f.severity || ': ' || concat_ws(' × ', nullif(f.subject_name, ''), nullif(f.object_name, '')) || '. ' || f.effect ||
           coalesce(E'\n→ ' || r.english || nullif('. ' || a.note, '. ') || ' (' || u.display_name || ', ' ||
                    to_char(a.answered_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI') || ')', ''),
           CASE WHEN a.answer_no IS NOT NULL THEN 'second_signature;warnings' ELSE '' END
      FROM the_one p
      JOIN findings f ON f.shop_id = $1 AND f.screening_id = p.screening_id AND (f.critical_no IS NOT NULL OR f.severity = 'moderate')
      LEFT JOIN answers a ON a.shop_id = $1 AND a.screening_id = f.screening_id AND a.critical_no = f.critical_no
      LEFT JOIN answer_reasons r ON r.code = a.reason
      LEFT JOIN users u ON u.shop_id = $1 AND u.id = a.answered_by
    UNION ALL
    SELECT 'queries', q.stop_no, q.note || coalesce(E'\n→ ' || a.answer || ' (' || u.display_name || ', ' ||
                    to_char(a.answered_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI') || ')', ''), 'query_note'
      FROM the_one p JOIN order_stops q ON q.shop_id = $1 AND q.order_id = p.order_id AND q.kind = 'query'
      LEFT JOIN query_answers a ON a.shop_id = $1 AND a.order_id = q.order_id AND a.stop_no = q.stop_no
      LEFT JOIN users u ON u.shop_id = $1 AND u.id = a.answered_by
)
SELECT CASE WHEN p.signed_at IS NULL THEN 'unsigned' ELSE 'signed' END AS state, jsonb_build_object(
    'label_profile', s.profile, 'language', law.language,
    'conditions', concat_ws(';', CASE WHEN EXISTS (SELECT FROM items_in WHERE handling <> '') THEN 'has_handling' END,
        CASE WHEN EXISTS (SELECT FROM items_in WHERE processing <> '') THEN 'has_processing' END, CASE WHEN p.refills > 0 THEN 'has_refills' END,
        CASE WHEN EXISTS (SELECT FROM said WHERE list = 'queries') THEN 'has_query' END, CASE WHEN f.pinyin IS NOT NULL THEN 'has_formula' END,
        CASE WHEN p.directions <> '' THEN 'prescriber_directions' END, CASE WHEN p.route = 'external' THEN 'external_use' END,
        CASE WHEN d.issuer_name IS NOT NULL THEN 'handed_over' END,
        CASE WHEN EXISTS (SELECT FROM items_in l JOIN homonyms m ON m.term = l.pinyin_plain) THEN 'ambiguous_pinyin' END),
    'shop_name', s.name, 'shop_name_hanzi', s.name_hanzi, 'shop_phone', s.phone, 'shop_address', s.address,
    'patient_name', concat_ws(' ', nullif(t.given_name, ''), t.family_name, t.name_hanzi), 'patient_born', t.born_on,
    'patient_age', age_words(t.born_on, coalesce((p.signed_at AT TIME ZONE s.time_zone)::date, shop_today($1))),
    'patient_sex', CASE t.sex WHEN 'female' THEN 'F 女' WHEN 'male' THEN 'M 男' ELSE t.sex END, 'patient_address', p.noted ->> 'patient_address',
    'patient_record_number', coalesce(p.noted ->> 'patient_record_number', t.code), 'diagnosis', p.noted ->> 'diagnosis',
    'indication', coalesce(p.noted ->> 'indication', p.indication), 'maximum_dose', p.noted ->> 'maximum_dose',
    'prescriber_name', coalesce(x.name, concat_ws(' ', u.display_name, u.name_hanzi)),
    'prescriber_registration', coalesce(x.registered_with || ' ' || x.registration, u.registration),
    'prescriber_address', coalesce(x.address, p.noted ->> 'prescriber_address'),
    'prescriber_phone', coalesce(x.phone, p.noted ->> 'prescriber_phone', u.phone),
    'department', p.noted ->> 'department', 'prescribed_on', to_char(p.signed_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD'),
    'prescriber_signature', CASE WHEN x.id IS NOT NULL THEN 'on paper, ' || w.written_on WHEN p.signed_at IS NOT NULL THEN concat_ws(' ', u.display_name, to_char(p.signed_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI')) END,
    'repeats', coalesce(p.noted ->> 'repeats', CASE WHEN p.refills > 0 THEN p.refills || ' (' || p.refill_interval_days || ' d)' ELSE '0' END),
    'prescription_expiry', p.noted ->> 'prescription_expiry', 'strength', p.noted ->> 'strength',
    'order_number', 'RX' || lpad(p.id::text, greatest(6, length(p.id::text)), '0') || '-' || p.version,
    'product_name', coalesce(f.pinyin || coalesce(' + ' || (SELECT string_agg(pinyin, ', ' ORDER BY line_no) FROM items_in WHERE via = ''), ''), 'Herbal formula'),
    'product_hanzi', CASE WHEN f.pinyin IS NOT NULL AND f.hanzi IS NULL THEN '' ELSE coalesce(f.hanzi || CASE WHEN EXISTS (SELECT FROM items_in WHERE via = '') THEN '加味' ELSE '' END,
                              CASE law.language WHEN 'zh_hant' THEN '中藥方' ELSE '中药方' END) END,
    'product_english', f.english, 'form', concat_ws(' ', p.form, p.form_hanzi),
    'packets', CASE WHEN p.unit IN ('packet', 'sachet') THEN p.packets || ' ' || p.unit || CASE p.packets WHEN 1 THEN '' ELSE 's' END ||
                         CASE law.language WHEN 'zh_hans' THEN ' ' || p.packets || '剂' WHEN 'zh_hant' THEN ' ' || p.packets || '劑' ELSE '' END
                    ELSE p.days * p.doses_per_day || ' doses' END,
    'packet_total', (SELECT sum(packet) FROM items_in WHERE p.unit IN ('packet', 'sachet')), 'total', (SELECT sum(total_mg) FROM items_in),
    'dispensed_on', d.dispensed_on, 'filled_by', d.filled_by, 'checked_by', d.checked_by, 'reviewer_name', d.reviewer_name,
    'issuer_name', d.issuer_name, 'price', d.price,
    'printed_at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'ingredients', (SELECT jsonb_agg(jsonb_build_object('hanzi', l.hanzi, 'pinyin', l.pinyin, 'english', l.english, 'latin', l.latin,
                        'preparation', l.processing, 'packet', CASE WHEN p.unit IN ('packet', 'sachet') THEN l.packet END, 'total', l.total_mg,
                        'handling', CASE WHEN l.handling <> '' THEN handling_words(l.handling, law.language) ELSE '' END) ORDER BY l.line_no)
                      FROM items_in l),
    'directions', (SELECT jsonb_agg(jsonb_build_object('text', d.text, 'english', d.english, 'field', d.field) ORDER BY d.position) FROM directions d),
    'lists', (SELECT coalesce(jsonb_object_agg(list, lines), '{}') FROM (
                SELECT list, jsonb_agg(jsonb_build_object('text', text, 'field', field) ORDER BY position) AS lines FROM said GROUP BY list) l)
    )::text AS content
  FROM the_one p
  JOIN patients t ON t.shop_id = $1 AND t.id = p.patient_id
  JOIN users u ON u.shop_id = $1 AND u.id = p.prescriber_id
  -- written elsewhere: the prescriber of the paper, not who compared the entry with it
  LEFT JOIN intakes w ON w.shop_id = $1 AND w.id = p.intake_id
  LEFT JOIN outside_prescribers x ON x.shop_id = $1 AND x.id = w.prescriber_id
 CROSS JOIN formula f CROSS JOIN filled d
  ) one
 ORDER BY i.n
