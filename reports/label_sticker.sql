-- The auxiliary stickers of an order, chosen from its facts: $3 is what its label says, which they go beside.
WITH the_order AS (
    SELECT o.id, o.prescription_id, v.dosage_form, coalesce(CASE WHEN ar.external THEN 'external' WHEN NOT ar.external THEN 'oral' END, d.route) AS route, v.timing_code, $3::jsonb ->> 'language' AS language
      FROM orders o
      JOIN prescription_versions v ON v.shop_id = $1 AND v.prescription_id = o.prescription_id AND v.version = o.version
      JOIN dosage_forms d ON d.id = v.dosage_form
      LEFT JOIN administration_words ar ON ar.use = 'route' AND ar.code = v.route_code
     WHERE o.shop_id = $1::bigint AND o.id = $2::bigint
), herbs_in AS (
    SELECT h.id, h.category, m.substance
      FROM order_lines n JOIN herbs h ON h.id = n.herb_id LEFT JOIN herb_monographs m ON m.herb_id = h.id
     WHERE n.shop_id = $1 AND n.order_id = $2
), wanted (position, key) AS (
    SELECT 1, 'keep_from_children' FROM the_order
    UNION SELECT 2, 'external_use_only' FROM the_order WHERE route = 'external'
    UNION SELECT 3, 'do_not_swallow' FROM the_order WHERE route = 'external'
    UNION SELECT 4, 'not_broken_skin' FROM the_order WHERE route = 'external'
    UNION SELECT 5, 'avoid_eyes' FROM the_order WHERE route = 'external'
    UNION SELECT 6, 'shake_well' FROM the_order WHERE dosage_form IN ('syrup', 'tincture', 'liniment', 'medicinal_wine', 'oral_liquid')
    UNION SELECT 7, 'store_refrigerated' FROM the_order WHERE dosage_form IN ('decocted_liquid', 'soft_extract')
    UNION SELECT 8, 'discard_swollen' FROM the_order WHERE dosage_form = 'decocted_liquid'
    UNION SELECT 9, 'may_cause_sleepiness' FROM herbs_in WHERE category = 'calm-spirit'
    UNION SELECT 10, 'may_cause_loose_stool' FROM herbs_in WHERE category IN ('purgative', 'moist-laxative', 'expel-water')
    UNION SELECT 11, 'contains_alcohol' FROM the_order WHERE dosage_form IN ('tincture', 'medicinal_wine')
    UNION SELECT 12, 'contains_sugar' FROM the_order WHERE dosage_form IN ('honey_pill', 'syrup', 'soft_extract')
    UNION SELECT 13, 'contains_licorice' FROM herbs_in WHERE id ~ 'gan_cao$'
    UNION SELECT 14, 'contains_ephedra' FROM herbs_in WHERE id ~ 'ma_huang$'
    UNION SELECT 15, 'contains_aconite' FROM herbs_in WHERE id ~ '(fu_zi|chuan_wu|cao_wu)$'
    UNION SELECT 16, 'contains_animal' FROM herbs_in WHERE substance = 'animal'
    UNION SELECT 17, f.text FROM the_order o CROSS JOIN LATERAL (SELECT coalesce(o.timing_code, order_fact($1, o.id, o.prescription_id, 'timing')) AS text) f
           WHERE f.text IS NOT NULL
)
SELECT ($3::jsonb || jsonb_build_object('warnings', coalesce((
    SELECT jsonb_agg(jsonb_build_object('text', w.own, 'english', CASE WHEN w.own = w.english THEN '' ELSE w.english END)
                     ORDER BY w.position)
      FROM (SELECT t.position, p.english,
                   coalesce(CASE o.language WHEN 'zh_hans' THEN p.zh_hans WHEN 'zh_hant' THEN p.zh_hant WHEN 'polish' THEN p.polish
                                            WHEN 'spanish' THEN p.spanish END, p.english) AS own
              FROM wanted t JOIN label_phrases p ON p.key = t.key CROSS JOIN the_order o) w), '[]')))::text AS content
