-- What a patient's label of an order says, as one frozen object: the names are those of struct label_content. Weights are of
-- what is in the bag (granules in granule grams), by the order's lines, so that label, weigh sheet and stock agree.
WITH the_order AS (
    SELECT o.id, o.state, o.allocation_no, o.prescription_id, o.patient_id, v.version, v.dosage_form, v.doses_per_day,
           -- an order may hold a part of the packets: then its days are rounded up, its doses are not
           (v.days * o.packets + v.packets - 1) / v.packets AS days, v.days * v.doses_per_day * o.packets / v.packets::numeric AS doses,
           o.packets, v.directions, d.english AS form,
           CASE p.language WHEN 'zh_hant' THEN coalesce(d.hanzi_traditional, d.hanzi) ELSE d.hanzi END AS form_hanzi, d.unit, d.storage, d.route, d.beyond_use_days,
           p.language, p.sex, g.signed_by, g.screening_id
      FROM orders o
      JOIN prescription_versions v ON v.shop_id = $1 AND v.prescription_id = o.prescription_id AND v.version = o.version
      JOIN dosage_forms d ON d.id = v.dosage_form
      JOIN patients p ON p.shop_id = $1 AND p.id = o.patient_id
      JOIN signatures g ON g.shop_id = $1 AND g.prescription_id = o.prescription_id AND g.version = o.version
     WHERE o.shop_id = $1 AND o.id = $2
), lines AS (
    SELECT n.line_no, n.quantity, round(n.quantity::numeric / o.packets)::bigint AS packet, h.id AS herb_id, h.pinyin,
           CASE o.language WHEN 'zh_hant' THEN coalesce(h.hanzi_traditional, h.hanzi) ELSE h.hanzi END AS hanzi,
           h.english, h.pregnancy, coalesce(i.processing, '') AS processing, coalesce(i.handling, '') AS handling,
           coalesce(i.via, '') AS via, o.language
      FROM the_order o
      JOIN order_lines n ON n.shop_id = $1 AND n.order_id = o.id
      JOIN herbs h ON h.id = n.herb_id
      LEFT JOIN prescription_items i ON i.shop_id = $1 AND i.prescription_id = o.prescription_id AND i.version = o.version
                                    AND i.line_no = n.line_no
), expiry AS (
    SELECT min(l.expires_on) AS expires_on
      FROM the_order o
      JOIN reservations r ON r.shop_id = $1 AND r.order_id = o.id AND r.allocation_no = o.allocation_no
      JOIN lots l ON l.shop_id = $1 AND l.id = r.lot_id
), dates AS (
    SELECT coalesce((k.checked_at AT TIME ZONE s.time_zone)::date, shop_today($1)) AS dispensed_on,
           coalesce(k.beyond_use_on, least(shop_today($1) + o.beyond_use_days, e.expires_on)) AS beyond_use,
           CASE WHEN e.expires_on IS NULL OR coalesce(k.beyond_use_on, shop_today($1) + o.beyond_use_days) < e.expires_on
                THEN 'form' ELSE 'ingredient' END AS reason,
           filler.display_name AS filled_by, checker.display_name AS checked_by
      FROM the_order o
      CROSS JOIN expiry e
      JOIN shops s ON s.id = $1
      LEFT JOIN order_fillers f ON f.shop_id = $1 AND f.order_id = o.id
      LEFT JOIN users filler ON filler.shop_id = $1 AND filler.id = f.filler_id
      LEFT JOIN final_checks k ON k.shop_id = $1 AND k.order_id = o.id
      LEFT JOIN users checker ON checker.shop_id = $1 AND checker.id = k.checker_id
), formula AS (
    SELECT string_agg(f.pinyin, ' + ' ORDER BY pf.seq) AS pinyin, 
           string_agg(CASE o.language WHEN 'zh_hant' THEN coalesce(f.hanzi_traditional, f.hanzi) ELSE f.hanzi END, '、'
                      ORDER BY pf.seq) AS hanzi,
           string_agg(f.english, ' + ' ORDER BY pf.seq) AS english, count(*) AS n
      FROM the_order o
      JOIN prescription_formulas pf ON pf.shop_id = $1 AND pf.prescription_id = o.prescription_id AND pf.version = o.version
      JOIN formulas f ON f.id = pf.formula_id
), added AS (
    SELECT string_agg(pinyin, ', ' ORDER BY line_no) AS pinyin FROM lines WHERE via = ''
), steps (form, position, key, value) AS (
    SELECT o.dosage_form, s.position, s.key, s.value
      FROM the_order o
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
         (SELECT trim_scale(round(sum(quantity) / 1000.0 / o.doses, 2)) || ' g' FROM lines)),
        (ARRAY['granule', 'powder', 'capsule', 'honey_pill', 'water_pill', 'concentrated_pill', 'tablet', 'soft_extract', 'syrup',
               'tincture', 'loose_tea'], 2, 'doses_per_day', o.doses_per_day::text),
        (ARRAY['granule', 'granule_sachet'], 3, 'dissolve_hot_water', ''), (ARRAY['capsule'], 3, 'swallow_capsules', ''),
        (ARRAY['honey_pill', 'water_pill', 'concentrated_pill'], 3, 'swallow_pills', ''),
        (ARRAY['syrup', 'tincture', 'liniment'], 3, 'shake_well', ''),
        (NULL, 8, 'for_days', o.days::text)) s (forms, position, key, value)
     WHERE s.forms IS NULL OR o.dosage_form = ANY (s.forms)
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
), phrases AS (
    SELECT p.key, p.english, CASE o.language WHEN 'zh_hans' THEN p.zh_hans WHEN 'zh_hant' THEN p.zh_hant WHEN 'polish' THEN p.polish
                                             WHEN 'spanish' THEN p.spanish ELSE p.english END AS own
      FROM label_phrases p CROSS JOIN the_order o
), directions AS (
    SELECT s.position, regexp_replace(coalesce(p.own, p.english), '\{\w+\}', s.value) AS text,
           CASE WHEN coalesce(p.own, p.english) = p.english THEN '' ELSE regexp_replace(p.english, '\{\w+\}', s.value) END AS english
      FROM steps s JOIN phrases p ON p.key = s.key
    UNION ALL SELECT 9, directions, '' FROM the_order WHERE directions <> ''
), warnings AS (
    SELECT c.position, coalesce(p.own, p.english) AS text,
           CASE WHEN coalesce(p.own, p.english) = p.english THEN '' ELSE p.english END AS english
      FROM cautions c JOIN phrases p ON p.key = c.key
    UNION
    SELECT 1, coalesce(p.own, r.counselling), CASE WHEN p.own = p.english THEN '' ELSE coalesce(p.english, '') END
      FROM the_order o
      JOIN answers a ON a.shop_id = $1 AND a.screening_id = o.screening_id
      JOIN answer_reasons r ON r.code = a.reason
      LEFT JOIN phrases p ON p.key = 'counsel_' || r.code
     WHERE r.counselling <> ''
)
SELECT o.state, jsonb_build_object(
    'shop_name', s.name, 'shop_name_hanzi', s.name_hanzi, 'shop_phone', s.phone,
    'shop_address', concat_ws(', ', s.street, s.city, concat_ws(' ', s.region, s.postal_code)),
    'patient_name', concat_ws(' ', nullif(p.given_name, ''), p.family_name, p.name_hanzi), 'patient_born', p.born_on,
    'language', o.language,
    'prescriber_name', concat_ws(' ', u.display_name, u.name_hanzi), 'prescriber_registration', u.registration,
    'filled_by', t.filled_by, 'checked_by', t.checked_by,
    'order_number', lpad(o.id::text, 6, '0'), 'control_number', to_char(t.dispensed_on, 'YYYYMMDD') || '-' || lpad(o.id::text, 6, '0'),
    'product_name', CASE WHEN f.n = 0 THEN 'Herbal formula' ELSE f.pinyin || coalesce(' + ' || a.pinyin, '') END,
    'product_hanzi', CASE WHEN f.n = 0 THEN CASE o.language WHEN 'zh_hant' THEN '中藥方' ELSE '中药方' END ELSE f.hanzi || CASE WHEN a.pinyin IS NULL THEN '' ELSE '加味' END END,
    'product_english', f.english, 'form', concat_ws(' ', o.form, o.form_hanzi),
    'packets', CASE WHEN o.unit IN ('packet', 'sachet') THEN o.packets || ' ' || o.unit || CASE o.packets WHEN 1 THEN '' ELSE 's' END ||
                         CASE o.language WHEN 'zh_hans' THEN ' ' || o.packets || '剂' WHEN 'zh_hant' THEN ' ' || o.packets || '劑' ELSE '' END
                    ELSE ceil(o.doses) || ' doses' END,
    'packet_total', (SELECT sum(packet) FROM lines WHERE o.unit IN ('packet', 'sachet')), 'total', (SELECT sum(quantity) FROM lines),
    'tolerance_permille', 0, 'dispensed_on', t.dispensed_on, 'beyond_use', t.beyond_use, 'beyond_use_reason', t.reason,
    'storage', concat_ws(' ', (SELECT p.own FROM phrases p WHERE o.language <> 'english' AND p.key = CASE
                                      WHEN o.dosage_form IN ('raw_decoction', 'tea_bag', 'loose_tea') THEN 'store_cool_dry'
                                      WHEN o.dosage_form = 'decocted_liquid' THEN 'store_refrigerated'
                                      WHEN o.dosage_form IN ('granule', 'granule_sachet', 'powder', 'tincture')
                                      THEN 'store_closed_light' END), o.storage), 'printed_at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'ingredients', (SELECT jsonb_agg(jsonb_build_object('hanzi', l.hanzi, 'pinyin', l.pinyin, 'english', l.english,
                        'preparation', l.processing, 'packet', CASE WHEN o.unit IN ('packet', 'sachet') THEN l.packet END,
                        'total', l.quantity,
                        'handling', CASE o.dosage_form WHEN 'raw_decoction' THEN handling_words(l.handling, o.language) END)
                        ORDER BY l.line_no) FROM lines l),
    'directions', (SELECT jsonb_agg(jsonb_build_object('text', d.text, 'english', d.english) ORDER BY d.position) FROM directions d),
    'warnings', (SELECT jsonb_agg(jsonb_build_object('text', w.text, 'english', w.english) ORDER BY w.position, w.text) FROM warnings w)
    )::text AS content
  FROM the_order o
  JOIN shops s ON s.id = $1
  JOIN patients p ON p.shop_id = $1 AND p.id = o.patient_id
  JOIN users u ON u.shop_id = $1 AND u.id = o.signed_by
  CROSS JOIN dates t
  CROSS JOIN formula f
  CROSS JOIN added a
