-- How the order is cooked, step by step, with the herbs of each group and how much of them is in one packet: $3 is what its label
-- says. Raw packets are soaked and boiled twice; other forms are prepared as the label says.
WITH the_order AS (
    SELECT o.id, v.dosage_form, o.packets, $3::jsonb ->> 'language' AS language
      FROM orders o
      JOIN prescription_versions v ON v.shop_id = $1 AND v.prescription_id = o.prescription_id AND v.version = o.version
     WHERE o.shop_id = $1::bigint AND o.id = $2::bigint
), herbs_in AS (
    SELECT n.line_no,
           CASE o.language WHEN 'zh_hant' THEN coalesce(h.hanzi_traditional, h.hanzi) ELSE h.hanzi END || ' ' || h.pinyin || ' ' ||
           trim_scale(round(n.quantity / 1000.0 / o.packets, 2)) || ' g' AS words,
           CASE WHEN i.handling ~ 'decoct_first' THEN 'first' WHEN i.handling ~ 'add_late' THEN 'late' WHEN i.handling ~ 'wrap' THEN 'wrap'
                WHEN i.handling ~ 'decoct_separately' THEN 'separately' WHEN i.handling ~ 'melt' THEN 'melt'
                WHEN i.handling ~ '(take_drenched|dissolve_powder|not_decocted)' THEN 'drench' ELSE 'main' END AS pot
      FROM the_order o
      JOIN order_lines n ON n.shop_id = $1 AND n.order_id = o.id
      JOIN herbs h ON h.id = n.herb_id
      JOIN orders r ON r.shop_id = $1 AND r.id = o.id
      LEFT JOIN prescription_items i ON i.shop_id = $1 AND i.prescription_id = r.prescription_id AND i.version = r.version
                                    AND i.line_no = n.line_no
), pots AS (
    SELECT pot, string_agg(words, ', ' ORDER BY line_no) AS words FROM herbs_in GROUP BY pot
), steps (position, key, pot) AS (
    SELECT s.position, s.key, s.pot
      FROM the_order o
      JOIN (VALUES (1, 'no_metal_pot', NULL), (2, 'soak_30', 'main'), (3, 'water_cover', NULL), (4, 'decoct_first_30', 'first'),
                   (5, 'boil_simmer_30', NULL), (6, 'wrap_in_cloth', 'wrap'), (7, 'add_last_5', 'late'), (8, 'second_boil', NULL),
                   (9, 'decoct_separately', 'separately'), (10, 'dissolve_at_end', 'melt'), (11, 'take_with_strained', 'drench'),
                   (12, 'strain_divide_two', NULL), (13, 'drink_warm', NULL), (14, 'keep_cooked_fridge', NULL)) s (position, key, pot)
        ON o.dosage_form IN ('raw_decoction', 'wash_soak')
       AND NOT (o.dosage_form = 'wash_soak' AND s.key IN ('strain_divide_two', 'drink_warm'))
     WHERE s.pot IS NULL OR s.pot IN (SELECT pot FROM pots)
), numbered AS (
    SELECT row_number() OVER (ORDER BY t.position) AS n, p.english, w.words,
           coalesce(CASE o.language WHEN 'zh_hans' THEN p.zh_hans WHEN 'zh_hant' THEN p.zh_hant WHEN 'polish' THEN p.polish
                                    WHEN 'spanish' THEN p.spanish END, p.english) AS own
      FROM steps t JOIN label_phrases p ON p.key = t.key CROSS JOIN the_order o LEFT JOIN pots w ON w.pot = t.pot
)
SELECT ($3::jsonb || jsonb_build_object('lists', jsonb_build_object('steps', CASE WHEN EXISTS (SELECT FROM numbered) THEN (
    SELECT jsonb_agg(jsonb_build_object('text', n || '. ' || own || coalesce(E'\n' || words, ''),
                                        'english', CASE WHEN own = english THEN '' ELSE english END) ORDER BY n)
      FROM numbered) ELSE $3::jsonb -> 'directions' END)))::text AS content
