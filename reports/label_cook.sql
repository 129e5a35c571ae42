-- How the order is cooked, step by step, with water and minutes, and the herbs of each group: $3 is what its label says. The list is
-- `steps` where the patient boils a packet herself, `pot` where the shop boils the whole order (what its newest run that did not fail
-- was or is, else the form's usual scheme), `prepare` what the label says of a form that the patient does not boil.
WITH the_order AS (
    SELECT o.id, o.prescription_id, o.version, o.decocts, v.dosage_form, o.packets, $3::jsonb ->> 'language' AS language,
           ceil(v.days * v.doses_per_day * o.packets / v.packets::numeric)::integer AS doses,
           o.decocts OR d.decocted = 'patient' AS boiled, coalesce(d.decocted = 'patient', false) AS at_home,
           CASE WHEN o.decocts THEN 1 ELSE o.packets END AS pots
      FROM orders o
      JOIN prescription_versions v ON v.shop_id = $1 AND v.prescription_id = o.prescription_id AND v.version = o.version
      JOIN dosage_forms d ON d.id = v.dosage_form
     WHERE o.shop_id = $1::bigint AND o.id = $2::bigint
), herbs_in AS (
    SELECT n.line_no, n.quantity,
           CASE o.language WHEN 'zh_hant' THEN coalesce(h.hanzi_traditional, h.hanzi) ELSE h.hanzi END || ' ' || h.pinyin || ' ' ||
           trim_scale(round(n.quantity / 1000.0 / o.pots, 2)) || ' g' AS words,
           CASE WHEN i.handling ~ 'decoct_first' THEN 'first' WHEN i.handling ~ 'add_late' THEN 'late' WHEN i.handling ~ 'wrap' THEN 'wrap'
                WHEN i.handling ~ 'decoct_separately' THEN 'separately' WHEN i.handling ~ 'melt' THEN 'melt'
                WHEN i.handling ~ '(take_drenched|dissolve_powder|not_decocted)' THEN 'drench' ELSE 'main' END AS pot
      FROM the_order o
      JOIN order_lines n ON n.shop_id = $1 AND n.order_id = o.id
      JOIN herbs h ON h.id = n.herb_id
      LEFT JOIN prescription_items i ON i.shop_id = $1 AND i.prescription_id = o.prescription_id AND i.version = o.version
                                    AND i.line_no = n.line_no
), pots AS (
    SELECT pot, string_agg(words, ', ' ORDER BY line_no) AS words FROM herbs_in GROUP BY pot
), cooking AS (
    SELECT coalesce(r.soak_minutes, s.soak_minutes) AS soak, coalesce(r.first_boil_minutes, s.first_boil_minutes) AS boil,
           coalesce(r.second_boil_minutes, s.second_boil_minutes) AS again, s.decoct_first_minutes AS ahead, s.add_late_minutes AS late,
           coalesce(r.water_ml, ceil((SELECT sum(quantity) FROM herbs_in WHERE pot IN ('main', 'first', 'late', 'wrap'))
                                     / o.pots * s.water_ml_per_100g / 1000000) * 10) AS water,
           m.code AS machine, coalesce(r.bags, o.doses) AS bags, r.bag_ml,
           CASE o.language WHEN 'zh_hans' THEN s.hanzi WHEN 'zh_hant' THEN s.hanzi_traditional ELSE s.english END AS scheme,
           s.english AS scheme_english
      FROM the_order o
      LEFT JOIN LATERAL (SELECT * FROM decoction_runs r WHERE r.shop_id = $1 AND r.order_id = o.id AND o.decocts
                            AND r.outcome IS DISTINCT FROM 'failed'
                          ORDER BY r.run_no DESC LIMIT 1) r ON true
      JOIN decoction_schemes s ON s.id = coalesce(r.scheme_id, CASE o.dosage_form WHEN 'wash_soak' THEN 'external' ELSE 'general' END)
      LEFT JOIN decoction_machines m ON m.shop_id = $1 AND m.id = r.machine_id
     WHERE o.boiled
), steps (position, key, pot, n, ml, n_english) AS (
    SELECT s.position, s.key, s.pot, s.n, s.ml, CASE WHEN s.n = k.scheme THEN k.scheme_english ELSE s.n END
      FROM the_order o CROSS JOIN cooking k
     CROSS JOIN LATERAL (VALUES
           (1, 'no_metal_pot', NULL, NULL, NULL, NOT o.decocts),
           (2, 'cook_scheme', NULL, k.scheme, NULL, o.decocts AND k.machine IS NULL),
           (2, 'cook_machine', NULL, k.scheme, k.machine, k.machine IS NOT NULL),
           (3, CASE WHEN k.soak = 0 THEN 'cook_no_soak' ELSE 'cook_soak' END, 'main', k.soak::text, NULL, true),
           (4, CASE WHEN k.again = 0 THEN 'cook_water_once' ELSE 'cook_water' END, NULL, NULL, k.water::text, k.water IS NOT NULL),
           (5, 'water_cover', NULL, NULL, NULL, k.water IS NULL),
           (6, 'cook_first', 'first', k.ahead::text, NULL, true),
           (7, 'cook_boil', NULL, k.boil::text, NULL, true),
           (8, 'wrap_in_cloth', 'wrap', NULL, NULL, true),
           (9, 'cook_late', 'late', k.late::text, NULL, true),
           (10, 'cook_again', NULL, k.again::text, NULL, k.again > 0),
           (11, 'decoct_separately', 'separately', NULL, NULL, true),
           (12, 'dissolve_at_end', 'melt', NULL, NULL, true),
           (13, 'take_with_strained', 'drench', NULL, NULL, true),
           (14, 'strain_divide_two', NULL, NULL, NULL, NOT o.decocts AND o.dosage_form <> 'wash_soak'),
           (14, 'cook_bags', NULL, k.bags::text, k.bag_ml::text, k.bag_ml IS NOT NULL),
           (14, 'cook_bags_doses', NULL, k.bags::text, NULL, o.decocts AND k.bag_ml IS NULL),
           (15, 'drink_warm', NULL, NULL, NULL, NOT o.decocts AND o.dosage_form <> 'wash_soak'),
           (16, 'keep_cooked_fridge', NULL, NULL, NULL, NOT o.decocts)) s (position, key, pot, n, ml, due)
     WHERE s.due AND (s.pot IS NULL OR s.pot IN (SELECT pot FROM pots))
), numbered AS (
    SELECT row_number() OVER (ORDER BY t.position) AS n, w.words, p.english = p.own AS same,
           replace(replace(p.english, '{n}', coalesce(t.n_english, '')), '{ml}', coalesce(t.ml, '')) AS english,
           replace(replace(p.own, '{n}', coalesce(t.n, '')), '{ml}', coalesce(t.ml, '')) AS own
      FROM steps t
     CROSS JOIN the_order o
      JOIN LATERAL (SELECT p.english, coalesce(CASE o.language WHEN 'zh_hans' THEN p.zh_hans WHEN 'zh_hant' THEN p.zh_hant
                                                               WHEN 'polish' THEN p.polish WHEN 'spanish' THEN p.spanish END, p.english) AS own
                      FROM label_phrases p WHERE p.key = t.key) p ON true
      LEFT JOIN pots w ON w.pot = t.pot
), said AS (
    SELECT jsonb_agg(jsonb_build_object('text', n || '. ' || own || coalesce(E'\n' || words, ''),
                                        'english', CASE WHEN same THEN '' ELSE english END) ORDER BY n) AS lines
      FROM numbered
)
SELECT ($3::jsonb || jsonb_build_object('lists', jsonb_strip_nulls(jsonb_build_object(
           'steps', CASE WHEN NOT o.decocts THEN s.lines END, 'pot', CASE WHEN o.decocts THEN s.lines END,
           'prepare', CASE WHEN NOT o.at_home THEN nullif($3::jsonb -> 'directions', 'null') END))))::text AS content
  FROM the_order o CROSS JOIN said s
