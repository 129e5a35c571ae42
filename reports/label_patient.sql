-- What a patient's label of each order of a list says, as one frozen object: the names are those of struct label_content. Weights are of
-- what is in the bag (granules in granule grams), by the order's lines, so that label, weigh sheet and stock agree. What only some
-- profiles ask for is there when the profile ($3, or the shop's) asks for it. A profile that demands Chinese decides the label's own
-- language where the patient's is none of it: the law first; $4 is another language, or 'own' for the patient's whatever the law.
-- $5 is another document whose rules count as well. What holds for all orders is read once; then each order is looked up by its key. A thousand labels cost one start of this plan, which
-- is dearer than an order, and no function is called that would start another one for each.
WITH shop AS MATERIALIZED (
    SELECT s.*, concat_ws(', ', s.street, s.city, concat_ws(' ', s.region, s.postal_code)) AS address, coalesce($3::text, s.label_profile) AS profile,
           shop_today($1) AS today
      FROM shops s WHERE s.id = $1::bigint
), law AS MATERIALIZED (
    SELECT max(r.language_code) FILTER (WHERE r.language_code <> 'english') AS code, coalesce(array_agg(r.field::text), '{}') AS asked,
           coalesce(array_agg(r.field::text) FILTER (WHERE r.requirement = 'required'), '{}') AS required,
           'herb_names_latin' = ANY (array_agg(r.field::text)) AS latin,
           (SELECT min(j.jurisdiction) FROM shop s JOIN label_profiles j ON j.profile_id = s.profile) AS jurisdiction
      FROM shop s JOIN label_profiles r ON r.profile_id = s.profile
     WHERE r.document IN ('patient_label', $5::text) AND r.retired_at IS NULL AND coalesce(r.in_force_from, '-infinity') <= s.today
)
SELECT i.id, one.state, one.content
  FROM shop s CROSS JOIN law CROSS JOIN unnest($2::bigint[]) WITH ORDINALITY AS i (id, n)
 CROSS JOIN LATERAL (
WITH the_order AS (
    SELECT o.id, o.state, o.allocation_no, o.prescription_id, o.patient_id, v.version, v.dosage_form, v.doses_per_day,
           -- an order may hold a part of the packets: then its days are rounded up, its doses are not
           (v.days * o.packets + v.packets - 1) / v.packets AS days, v.days * v.doses_per_day * o.packets / v.packets::numeric AS doses,
           v.overage_permille, v.refills, o.supply_no, v.unit_mg, v.unit_count / (v.days * v.doses_per_day) AS units_per_dose, o.packets, v.directions,
           v.indication, d.english AS form, CASE k.language WHEN 'zh_hant' THEN coalesce(d.hanzi_traditional, d.hanzi) ELSE d.hanzi END AS form_hanzi,
           d.unit, d.storage, coalesce(CASE WHEN ar.external THEN 'external' WHEN NOT ar.external THEN 'oral' END, d.route) AS route, v.route_code, v.timing_code, v.frequency_code, o.decocts, k.language, p.sex, g.signed_by, g.signed_at, g.screening_id, f.noted
      FROM orders o
      JOIN prescription_versions v ON v.shop_id = $1 AND v.prescription_id = o.prescription_id AND v.version = o.version
      JOIN dosage_forms d ON d.id = v.dosage_form
      LEFT JOIN administration_words ar ON ar.use = 'route' AND ar.code = v.route_code
      JOIN patients p ON p.shop_id = $1 AND p.id = o.patient_id
      JOIN signatures g ON g.shop_id = $1 AND g.prescription_id = o.prescription_id AND g.version = o.version
     CROSS JOIN LATERAL (
        SELECT CASE WHEN $4::text = 'own' THEN p.language WHEN $4::text IS NOT NULL THEN $4::text
                    WHEN law.code = 'zh_hans' OR law.code = 'zh_hant' THEN law.code
                    WHEN law.code = 'chinese' AND p.language NOT IN ('zh_hans', 'zh_hant') THEN 'zh_hant' ELSE p.language END AS language) k
     -- what was noted for labels: the newest of each field, an order's before its prescription's; an empty text takes one back
     CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_object_agg(field, text) FILTER (WHERE text <> ''), '{}') AS noted
          FROM (SELECT DISTINCT ON (field) field, text
                  FROM (SELECT field, text, id, 2 AS rank FROM label_facts WHERE shop_id = $1 AND order_id = o.id
                        UNION ALL
                        SELECT field, text, id, 1 FROM label_facts WHERE shop_id = $1 AND prescription_id = o.prescription_id
                        UNION ALL
                        SELECT field, text, id, 1 FROM label_facts WHERE shop_id = $1 AND patient_id = o.patient_id
                        UNION ALL
                        SELECT field, text, id, 1 FROM label_facts WHERE shop_id = $1 AND user_id = g.signed_by) known
                 ORDER BY field, rank DESC, id DESC) newest) f
     WHERE o.shop_id = $1 AND o.id = i.id
), lines AS (
    SELECT n.line_no, w.quantity, n.crude_mg, round(w.quantity::numeric / o.packets)::bigint AS packet, h.id AS herb_id, h.pinyin,
           CASE o.language WHEN 'zh_hant' THEN coalesce(h.hanzi_traditional, h.hanzi) ELSE h.hanzi END AS hanzi,
           h.english, h.pharmaceutical_latin AS latin, h.pinyin_plain, h.pregnancy, coalesce(i.processing, '') AS processing, coalesce(i.handling, '') AS handling,
           coalesce(i.via, '') AS via, o.language
      FROM the_order o
      JOIN order_lines n ON n.shop_id = $1 AND n.order_id = o.id
      -- what is lost on the way was weighed, but is not in the bag
      CROSS JOIN LATERAL (SELECT round(n.quantity * 1000.0 / (1000 + o.overage_permille))::bigint AS quantity) w
      JOIN herbs h ON h.id = n.herb_id
      LEFT JOIN prescription_items i ON i.shop_id = $1 AND i.prescription_id = o.prescription_id AND i.version = o.version
                                    AND i.line_no = n.line_no
), expiry AS (
    SELECT l.expires_on, 'earliest ingredient: ' || h.pinyin || ', lot ' || l.lot_code || ', expires ' || l.expires_on AS because
      FROM the_order o
      JOIN reservations r ON r.shop_id = $1 AND r.order_id = o.id AND r.allocation_no = o.allocation_no
      JOIN lots l ON l.shop_id = $1 AND l.id = r.lot_id
      JOIN lines h ON h.line_no = r.line_no
     WHERE l.expires_on IS NOT NULL
     ORDER BY l.expires_on, r.line_no LIMIT 1
), dates AS (
    SELECT coalesce((k.checked_at AT TIME ZONE s.time_zone)::date, s.today) AS dispensed_on,
           coalesce(k.beyond_use_on, least(s.today + b.days, e.expires_on)) AS beyond_use,
           CASE WHEN e.expires_on IS NULL OR coalesce(k.beyond_use_on, s.today + b.days) < e.expires_on
                THEN 'form' ELSE 'ingredient' END AS reason,
           coalesce(nullif(k.beyond_use_because, ''),
                    CASE WHEN e.expires_on IS NULL OR s.today + b.days < e.expires_on THEN b.because ELSE e.because END) AS because, b.storage,
           filler.display_name AS filled_by, checker.display_name AS checked_by
      FROM the_order o
      LEFT JOIN expiry e ON true
      LEFT JOIN LATERAL beyond_use_rule($1, o.id, o.dosage_form, o.decocts, s.profile, o.noted ->> 'packing') b ON true
      LEFT JOIN order_fillers f ON f.shop_id = $1 AND f.order_id = o.id
      LEFT JOIN users filler ON filler.shop_id = $1 AND filler.id = f.filler_id
      LEFT JOIN final_checks k ON k.shop_id = $1 AND k.order_id = o.id
      LEFT JOIN users checker ON checker.shop_id = $1 AND checker.id = k.checker_id
), formula AS (
    SELECT string_agg(f.name, ' + ' ORDER BY f.seq, f.id) AS pinyin, string_agg(f.hanzi, '、' ORDER BY f.seq, f.id) AS hanzi,
           string_agg(f.english, ' + ' ORDER BY f.seq, f.id) AS english, count(*) AS n
      FROM (SELECT pf.seq, 0 AS id, f.pinyin AS name, f.english,
                   CASE o.language WHEN 'zh_hant' THEN coalesce(f.hanzi_traditional, f.hanzi) ELSE f.hanzi END AS hanzi
              FROM the_order o
              JOIN prescription_formulas pf ON pf.shop_id = $1 AND pf.prescription_id = o.prescription_id AND pf.version = o.version
              JOIN formulas f ON f.id = pf.formula_id
            UNION ALL
            SELECT 1000 + w.seq, h.id, h.name, NULL, NULL
              FROM the_order o
              JOIN prescription_houses w ON w.shop_id = $1 AND w.prescription_id = o.prescription_id AND w.version = o.version
              JOIN house_formulas h ON h.shop_id = $1 AND h.id = w.house_formula_id) f
), added AS (
    SELECT string_agg(pinyin, ', ' ORDER BY line_no) AS pinyin FROM lines WHERE via = ''
), steps AS (
    SELECT o.language, s.position, s.key, s.value
      FROM the_order o
      -- what the shop boils is taken as it comes out of the pot
      CROSS JOIN LATERAL (SELECT CASE WHEN o.decocts AND o.dosage_form = 'raw_decoction' THEN 'decocted_liquid'
                                      ELSE o.dosage_form::text END AS form) m
      CROSS JOIN LATERAL (VALUES
        (ARRAY['raw_decoction'], 1, CASE WHEN o.packets = o.days THEN 'take_1_packet_daily' ELSE 'packets_total' END, o.packets::text),
        (ARRAY['raw_decoction'], 2, 'soak_30', ''), (ARRAY['raw_decoction'], 3, 'boil_simmer_30', ''),
        (ARRAY['raw_decoction'], 4, CASE o.doses_per_day WHEN 2 THEN 'strain_divide_two' ELSE 'doses_per_day' END, o.doses_per_day::text),
        (ARRAY['decocted_liquid', 'granule_sachet', 'tea_bag'], 1,
         CASE o.doses_per_day WHEN 2 THEN 'take_1_sachet_twice_daily' WHEN 3 THEN 'take_1_sachet_three_daily' ELSE 'doses_per_day' END,
         o.doses_per_day::text),
        (ARRAY['decocted_liquid'], 2, 'warm_pouch', ''), (ARRAY['decocted_liquid'], 3, 'discard_swollen', ''),
        (ARRAY['granule', 'powder', 'capsule', 'honey_pill', 'water_pill', 'concentrated_pill', 'tablet', 'soft_extract', 'syrup',
               'tincture', 'loose_tea'], 1, 'dose_per_intake',
         CASE WHEN o.units_per_dose > 0 THEN o.units_per_dose || ' × ' || trim_scale(round(o.unit_mg / 1000.0, 3)) || ' g'
              ELSE (SELECT trim_scale(round(sum(quantity) / 1000.0 / o.doses, 2)) || ' g' FROM lines) END),
        (ARRAY['granule', 'powder', 'capsule', 'honey_pill', 'water_pill', 'concentrated_pill', 'tablet', 'soft_extract', 'syrup',
               'tincture', 'loose_tea'], 2, 'doses_per_day', o.doses_per_day::text),
        (ARRAY['granule', 'granule_sachet'], 3, 'dissolve_hot_water', ''), (ARRAY['capsule'], 3, 'swallow_capsules', ''),
        (ARRAY['honey_pill', 'water_pill', 'concentrated_pill'], 3, 'swallow_pills', ''),
        (ARRAY['syrup', 'tincture', 'liniment'], 3, 'shake_well', ''),
        (ARRAY[m.form], 6, 'route_' || coalesce(o.route_code, o.noted ->> 'route', o.route), ''),
        (ARRAY[m.form], 7, coalesce(o.timing_code, o.noted ->> 'timing'), ''),
        (ARRAY[m.form], 7, o.frequency_code, ''),
        (ARRAY[m.form], 8, 'for_days', o.days::text)) s (forms, position, key, value)
     WHERE m.form = ANY (s.forms)
), cautions (position, key) AS (
    SELECT 2, 'inr_check' FROM the_order o
     WHERE EXISTS (SELECT FROM findings f WHERE f.shop_id = $1 AND f.screening_id = o.screening_id AND f.critical_no IS NOT NULL
                      AND (f.object_id IN ('warfarin', 'vitamin_k_antagonist') OR f.object_name ILIKE '%warfarin%'))
    UNION SELECT 3, 'bruise_or_bleed' FROM the_order o
     WHERE EXISTS (SELECT FROM findings f WHERE f.shop_id = $1 AND f.screening_id = o.screening_id AND f.critical_no IS NOT NULL
                      AND f.effect ILIKE '%bleed%')
    UNION SELECT 4, 'do_not_stop_medicine' FROM the_order o
     WHERE EXISTS (SELECT FROM findings f WHERE f.shop_id = $1 AND f.screening_id = o.screening_id AND f.critical_no IS NOT NULL
                      AND f.kind IN ('herb_drug', 'formula_drug'))
    UNION SELECT 5, 'contains_aconite' WHERE EXISTS (SELECT FROM lines WHERE herb_id ~ '(fu_zi|chuan_wu|cao_wu)$')
    UNION SELECT 6, 'contains_ephedra' WHERE EXISTS (SELECT FROM lines WHERE herb_id ~ 'ma_huang$')
    UNION SELECT 7, 'pregnancy_ask' FROM the_order o
     WHERE o.sex = 'female' AND EXISTS (SELECT FROM lines WHERE pregnancy <> 'ok')
    UNION SELECT 8, 'external_use_only' FROM the_order WHERE route = 'external'
    UNION SELECT 9, 'keep_from_children'
    UNION SELECT 10, 'practitioner_only' WHERE 'practitioner_statement' = ANY (law.asked)
    UNION SELECT 11, 'side_effects_general' FROM the_order o
     WHERE 'side_effects' = ANY (law.asked) AND (o.noted ->> 'side_effects') IS NULL
), directions AS (
    SELECT s.position, regexp_replace(w.own, '\{\w+\}', s.value) AS text,
           CASE WHEN w.own = p.english THEN '' ELSE regexp_replace(p.english, '\{\w+\}', s.value) END AS english,
           CASE WHEN s.key ~ '^take_1_' THEN 'dose;frequency' WHEN s.key IN ('dose_per_intake', 'packets_total') THEN 'dose'
                WHEN s.key = 'doses_per_day' THEN 'frequency' WHEN s.key = 'strain_divide_two' THEN 'preparation;frequency'
                WHEN s.key = 'for_days' THEN 'duration' WHEN s.key ~ '^route_' THEN 'route' WHEN s.position = 7 THEN 'timing;frequency'
                WHEN s.key = 'discard_swollen' THEN 'warnings' ELSE 'preparation' END AS field
      FROM steps s JOIN label_phrases p ON p.key = s.key CROSS JOIN LATERAL (SELECT phrase_in(p, s.language) AS own) w
    UNION ALL SELECT 9, directions, '', 'directions' FROM the_order WHERE directions <> ''
    UNION ALL SELECT 10, '+ ' || n.pinyin || concat(' ', nullif(n.hanzi, '')) || ' × ' || n.quantity, '', '' -- what goes along from the shelf
      FROM the_order o JOIN order_line_names n ON n.shop_id = $1 AND n.order_id = o.id AND n.herb_id IS NULL
    UNION ALL SELECT 10, f.text, '', 'timing;frequency' FROM the_order o
       CROSS JOIN LATERAL (SELECT (o.noted ->> 'timing') AS text) f
     WHERE f.text IS NOT NULL AND o.timing_code IS NULL AND NOT EXISTS (SELECT FROM label_phrases WHERE key = f.text)
), warnings AS (
    SELECT c.position, w.own AS text, CASE WHEN w.own = p.english THEN '' ELSE p.english END AS english,
           CASE c.key WHEN 'external_use_only' THEN 'external_use_only' WHEN 'keep_from_children' THEN 'keep_out_of_reach_of_children'
                      WHEN 'practitioner_only' THEN 'practitioner_statement' WHEN 'side_effects_general' THEN 'side_effects'
                      ELSE 'warnings' END AS field
      FROM the_order o CROSS JOIN cautions c JOIN label_phrases p ON p.key = c.key
      CROSS JOIN LATERAL (SELECT phrase_in(p, o.language) AS own) w
    UNION
    SELECT 1, coalesce(phrase_in(p, o.language), r.counselling), CASE WHEN phrase_in(p, o.language) = p.english THEN '' ELSE coalesce(p.english, '') END,
           'warnings'
      FROM the_order o
      JOIN answers a ON a.shop_id = $1 AND a.screening_id = o.screening_id
      JOIN answer_reasons r ON r.code = a.reason
      LEFT JOIN label_phrases p ON p.key = 'counsel_' || r.code
     WHERE r.counselling <> ''
    UNION SELECT 11, (o.noted ->> 'side_effects'), '', 'side_effects' FROM the_order o
     WHERE (o.noted ->> 'side_effects') IS NOT NULL
), case_conditions AS (
    SELECT concat_ws(';', CASE WHEN o.route = 'external' THEN 'external_use' END,
                     CASE WHEN o.dosage_form NOT IN ('raw_decoction', 'decocted_liquid', 'wash_soak', 'tea_bag', 'loose_tea')
                          THEN 'finished_form' END,
                     CASE WHEN coalesce((o.noted ->> 'indication'), o.indication) <> '' THEN 'has_indication' END,
                     CASE WHEN f.n > 0 THEN 'has_formula' END, CASE WHEN o.directions <> '' THEN 'prescriber_directions' END,
                     CASE WHEN EXISTS (SELECT FROM lines l JOIN homonyms m ON m.term = l.pinyin_plain) THEN 'ambiguous_pinyin' END,
                     CASE WHEN EXISTS (SELECT FROM lines WHERE handling <> '') THEN 'has_handling' END,
                     CASE WHEN EXISTS (SELECT FROM lines WHERE processing <> '') THEN 'has_processing' END,
                     CASE WHEN o.refills > 0 THEN 'has_refills' END,
                     CASE WHEN EXISTS (SELECT FROM query_answers q WHERE q.shop_id = $1 AND q.order_id = o.id) THEN 'has_query' END,
                     CASE WHEN EXISTS (SELECT FROM lines l JOIN regulations r ON r.herb_id = l.herb_id AND r.kind = 'dose_limited'
                                                                            AND r.jurisdiction_id = law.jurisdiction) THEN 'dose_limited' END,
                     CASE WHEN EXISTS (SELECT FROM lines l JOIN regulations r ON r.herb_id = l.herb_id AND r.kind = 'controlled'
                                                                            AND r.jurisdiction_id = law.jurisdiction) THEN 'scheduled' END,
                     CASE WHEN o.state = 'handed_over' THEN 'handed_over' END) AS codes
      FROM the_order o CROSS JOIN formula f
), facts AS (
    SELECT field, text FROM (
        SELECT v.field, nullif(v.text, '') AS text
          FROM the_order o
          JOIN patients p ON p.shop_id = $1 AND p.id = o.patient_id
          JOIN prescribers u ON u.shop_id = $1 AND u.prescription_id = o.prescription_id AND u.version = o.version
          CROSS JOIN dates t
          LEFT JOIN releases e ON e.shop_id = $1 AND e.order_id = o.id
          LEFT JOIN users reviewer ON reviewer.shop_id = $1 AND reviewer.id = e.released_by
          LEFT JOIN handovers i ON i.shop_id = $1 AND i.order_id = o.id
          LEFT JOIN users issuer ON issuer.shop_id = $1 AND issuer.id = i.handed_by
          CROSS JOIN LATERAL (VALUES
            ('patient_age', age_words(p.born_on, s.today)),
            ('patient_sex', CASE p.sex WHEN 'female' THEN 'F 女' WHEN 'male' THEN 'M 男' ELSE p.sex END),
            ('patient_address', (o.noted ->> 'patient_address')),
            ('patient_record_number', coalesce((o.noted ->> 'patient_record_number'), p.code)),
            ('prescriber_address', coalesce(u.address, (o.noted ->> 'prescriber_address'))),
            ('prescriber_phone', CASE WHEN u.outside_id IS NULL THEN coalesce((o.noted ->> 'prescriber_phone'), u.phone) ELSE u.phone END),
            ('prescriber_signature', CASE WHEN u.outside_id IS NULL THEN concat_ws(' ', u.display_name, to_char(o.signed_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI'))
                                          ELSE 'on paper, ' || u.written_on END),
            ('department', (o.noted ->> 'department')),
            ('prescribed_on', coalesce(u.written_on::text, to_char(o.signed_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD'))),
            ('reviewer_name', reviewer.display_name), ('issuer_name', issuer.display_name),
            ('prepared_on', (SELECT to_char(max(w.weighed_at) AT TIME ZONE s.time_zone, 'YYYY-MM-DD') FROM weighings w
                              WHERE w.shop_id = $1 AND w.order_id = o.id AND w.allocation_no = o.allocation_no AND 'prepared_on' = ANY (law.asked))),
            ('manufacturer_name', concat_ws(' ', s.name, s.name_hanzi)),
            ('manufacturer_address', s.address),
            ('strength', coalesce((o.noted ->> 'strength'),
                (SELECT trim_scale(round(sum(crude_mg) / 1000.0 / o.doses, 2)) || ' g raw herb a dose' ||
                        CASE o.language WHEN 'zh_hans' THEN ' 生药/次' WHEN 'zh_hant' THEN ' 生藥/次' WHEN 'polish' THEN ' / surowca na dawkę'
                                        WHEN 'spanish' THEN ' / de hierba cruda por toma' ELSE '' END FROM lines))),
            ('pack_size', CASE WHEN o.unit IN ('packet', 'sachet') THEN o.packets || ' × ' ||
                (SELECT trim_scale(round(sum(packet) / 1000.0, 2)) || ' g' FROM lines)
                ELSE (SELECT trim_scale(round(sum(quantity) / 1000.0, 2)) || ' g' FROM lines) END),
            ('indication', coalesce((o.noted ->> 'indication'), o.indication)),
            ('diagnosis', (o.noted ->> 'diagnosis')),
            ('maximum_dose', (o.noted ->> 'maximum_dose')),
            ('repeats', coalesce((o.noted ->> 'repeats'),
                                 CASE WHEN o.refills > 0 THEN o.refills - o.supply_no || ' / ' || o.refills END)),
            ('prescription_expiry', (o.noted ->> 'prescription_expiry')),
            ('physical_description', coalesce((o.noted ->> 'physical_description'),
                (SELECT phrase_in(p, o.language) || coalesce(' / ' || nullif(p.english, phrase_in(p, o.language)), '') FROM label_phrases p
                  WHERE p.key = 'looks_' || o.dosage_form))),
            ('spoon_measure', coalesce((o.noted ->> 'spoon_measure'),
                (SELECT replace(phrase_in(p, o.language) || coalesce(' / ' || nullif(p.english, phrase_in(p, o.language)), ''),
                                '{n}', trim_scale(n.halves / 2.0) || ' (' || m.spoon || ')')
                   FROM order_spoons m
                  CROSS JOIN LATERAL (SELECT half_spoons((SELECT round(sum(l.quantity) / o.doses)::bigint FROM lines l), m.spoons,
                                                         m.weighed) AS halves) n
                   JOIN label_phrases p ON p.key = 'level_spoons'
                  WHERE m.shop_id = $1 AND m.order_id = o.id AND n.halves IS NOT NULL)))) v (field, text)) every_fact
     WHERE text IS NOT NULL AND (field = ANY (law.asked)
                                 OR field IN ('indication', 'maximum_dose', 'spoon_measure', 'repeats', 'diagnosis'))
), names AS (
    -- a reader of Polish or Spanish has the Latin name beside the pinyin, not the English one
    SELECT 'pinyin' = ANY (w.words) OR 'herb_names_pinyin' = ANY (law.required) AS pinyin,
           'hanzi' = ANY (w.words) OR 'herb_names_chinese' = ANY (law.required) AS hanzi,
           ('english' = ANY (w.words) AND NOT w.latin_reader) OR 'herb_names_english' = ANY (law.required) AS english,
           'latin' = ANY (w.words) OR 'herb_names_latin' = ANY (law.required) OR (law.latin AND c.codes ~ 'ambiguous_pinyin')
           OR ('english' = ANY (w.words) AND w.latin_reader) AS latin,
           w.words <> '{}' AS herbs
      FROM case_conditions c
     CROSS JOIN (SELECT string_to_array(s.label_names, ';') AS words, o.language IN ('polish', 'spanish') AS latin_reader FROM the_order o) w
)
SELECT o.state, ((SELECT coalesce(jsonb_object_agg(field, text), '{}') FROM facts) || jsonb_build_object(
    'label_profile', s.profile, 'conditions', (SELECT codes FROM case_conditions),
    'shop_name', s.name, 'shop_name_hanzi', s.name_hanzi, 'shop_phone', s.phone,
    'shop_address', s.address,
    'patient_name', concat_ws(' ', nullif(p.given_name, ''), p.family_name, p.name_hanzi), 'patient_born', p.born_on,
    'language', o.language,
    'prescriber_name', concat_ws(' ', u.display_name, u.name_hanzi), 'prescriber_registration', u.registration,
    'filled_by', t.filled_by, 'checked_by', t.checked_by,
    'order_number', n.number, 'control_number', to_char(t.dispensed_on, 'YYYYMMDD') || '-' || n.number,
    'product_name', CASE WHEN f.n = 0 THEN 'Herbal formula' ELSE f.pinyin || coalesce(' + ' || a.pinyin, '') END,
    'product_hanzi', CASE WHEN f.n = 0 THEN CASE o.language WHEN 'zh_hant' THEN '中藥方' ELSE '中药方' END ELSE coalesce(f.hanzi || CASE WHEN a.pinyin IS NULL THEN '' ELSE '加味' END, '') END,
    'product_english', f.english, 'form', CASE WHEN o.language IN ('polish', 'spanish') THEN coalesce((SELECT phrase_in(p, o.language) || ' / ' FROM label_phrases p WHERE p.key = 'form_' || o.dosage_form), '') || o.form
                 ELSE concat_ws(' ', o.form, o.form_hanzi) END,
    'packets', CASE WHEN o.unit IN ('packet', 'sachet') THEN o.packets || ' ' || o.unit || CASE o.packets WHEN 1 THEN '' ELSE 's' END ||
                         CASE o.language WHEN 'zh_hans' THEN ' ' || o.packets || '剂' WHEN 'zh_hant' THEN ' ' || o.packets || '劑' ELSE '' END
                    ELSE ceil(o.doses) || ' doses' END ||
               coalesce((SELECT ' / ' || replace(phrase_in(p, o.language), '{n}', CASE WHEN o.unit IN ('packet', 'sachet') THEN o.packets ELSE ceil(o.doses) END::text) FROM label_phrases p
                          WHERE o.language IN ('polish', 'spanish') AND p.key = 'supply_' || CASE WHEN o.unit IN ('packet', 'sachet') THEN o.unit ELSE 'doses' END), ''),
    'packet_total', (SELECT sum(packet) FROM lines WHERE o.unit IN ('packet', 'sachet')), 'total', (SELECT sum(quantity) FROM lines),
    'tolerance_permille', 0, 'dispensed_on', t.dispensed_on, 'beyond_use', t.beyond_use, 'beyond_use_reason', t.reason, 'beyond_use_because', t.because,
    'storage_phrase', t.storage,
    'storage', coalesce(o.noted ->> 'storage', (SELECT concat_ws(' ', nullif(phrase_in(p, o.language), p.english), p.english) FROM label_phrases p WHERE p.key = t.storage), concat_ws(' ', (SELECT phrase_in(p, o.language) FROM label_phrases p WHERE o.language <> 'english' AND p.key = CASE
                                      WHEN o.dosage_form IN ('raw_decoction', 'tea_bag', 'loose_tea') THEN 'store_cool_dry'
                                      WHEN o.dosage_form = 'decocted_liquid' THEN 'store_refrigerated'
                                      WHEN o.dosage_form IN ('granule', 'granule_sachet', 'powder', 'tincture')
                                      THEN 'store_closed_light' END), o.storage)), 'printed_at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'ingredients', (SELECT jsonb_agg(jsonb_build_object('hanzi', CASE WHEN m.hanzi THEN l.hanzi ELSE '' END,
                        'pinyin', CASE WHEN m.pinyin THEN l.pinyin ELSE '' END, 'english', CASE WHEN m.english THEN l.english ELSE '' END,
                        'latin', CASE WHEN m.latin THEN coalesce(l.latin, '') ELSE '' END,
                        'preparation', l.processing, 'packet', CASE WHEN o.unit IN ('packet', 'sachet') THEN l.packet END,
                        'total', l.quantity,
                        'handling', CASE WHEN o.dosage_form = 'raw_decoction' AND l.handling <> '' THEN (
                            SELECT string_agg(coalesce(CASE o.language WHEN 'polish' THEN p.polish WHEN 'spanish' THEN p.spanish END, p.english) || ' ' ||
                                              CASE o.language WHEN 'zh_hant' THEN coalesce(p.zh_hant, p.zh_hans) ELSE p.zh_hans END, ', ' ORDER BY h.n)
                              FROM unnest(string_to_array(l.handling, ';')) WITH ORDINALITY AS h (code, n)
                              JOIN label_phrases p ON p.key = 'handling_' || h.code) ELSE '' END)
                        ORDER BY l.line_no) FROM lines l CROSS JOIN names m WHERE m.herbs),
    'directions', (SELECT jsonb_agg(jsonb_build_object('text', d.text, 'english', d.english, 'field', d.field) ORDER BY d.position) FROM directions d),
    'warnings', (SELECT jsonb_agg(jsonb_build_object('text', w.text, 'english', w.english, 'field', w.field) ORDER BY w.position, w.text) FROM warnings w)
    ))::text AS content
  FROM the_order o
 CROSS JOIN LATERAL (SELECT lpad(o.id::text, greatest(6, length(o.id::text)), '0') AS number) n
  JOIN patients p ON p.shop_id = $1 AND p.id = o.patient_id
  JOIN prescribers u ON u.shop_id = $1 AND u.prescription_id = o.prescription_id AND u.version = o.version
  CROSS JOIN dates t
  CROSS JOIN formula f
  CROSS JOIN added a
  ) one
 ORDER BY i.n
