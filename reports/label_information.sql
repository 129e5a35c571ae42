-- What a patient takes home beside the medicine, in one language: what it is, how to take it, what to mind, how to keep it, when to
-- call. $3 is what the label says, in that language; directions and warnings (with the counselling of answered findings) are its.
WITH words AS (
    SELECT p.key, coalesce(CASE $3::jsonb ->> 'language' WHEN 'zh_hans' THEN p.zh_hans WHEN 'zh_hant' THEN p.zh_hant
                                                         WHEN 'polish' THEN p.polish WHEN 'spanish' THEN p.spanish END, p.english) AS own
      FROM label_phrases p
), the_order AS (
    SELECT o.id, coalesce(CASE WHEN ar.external THEN 'external' WHEN NOT ar.external THEN 'oral' END, d.route) AS route, v.dosage_form, coalesce(s.phone, '') AS phone
      FROM orders o
      JOIN prescription_versions v ON v.shop_id = $1 AND v.prescription_id = o.prescription_id AND v.version = o.version
      JOIN dosage_forms d ON d.id = v.dosage_form
      LEFT JOIN administration_words ar ON ar.use = 'route' AND ar.code = v.route_code
      JOIN shops s ON s.id = $1
     WHERE o.shop_id = $1::bigint AND o.id = $2::bigint
), wanted (list, position, key) AS (
    VALUES ('about', 1, 'info_what'), ('about', 2, 'for_you_only'),
           ('how', 20, 'two_hours_apart'), ('how', 21, 'missed_dose'), ('how', 22, 'finish_course'),
           ('mind', 20, 'tell_all_medicines'), ('mind', 21, 'avoid_cold_greasy'), ('mind', 22, 'stop_if_cold_fever'),
           ('keep', 2, 'return_unused'),
           ('call', 1, 'stop_if_rash'), ('call', 2, 'jaundice_stop'), ('call', 3, 'emergency'), ('call', 4, 'see_doctor_7_days'),
           ('call', 5, 'questions_call')
), lines (list, position, text) AS (
    SELECT w.list, w.position, replace(p.own, '{phone}', o.phone)
      FROM wanted w JOIN words p ON p.key = w.key CROSS JOIN the_order o
     WHERE (w.key <> 'questions_call' OR o.phone <> '')
       AND (o.route = 'oral' OR w.key NOT IN ('two_hours_apart', 'missed_dose', 'avoid_cold_greasy', 'stop_if_cold_fever'))
    UNION ALL SELECT 'how', d.n, d.line ->> 'text'
      FROM jsonb_array_elements(coalesce(nullif($3::jsonb -> 'directions', 'null'), '[]')) WITH ORDINALITY AS d (line, n)
    UNION ALL SELECT 'mind', d.n, d.line ->> 'text'
      FROM jsonb_array_elements(coalesce(nullif($3::jsonb -> 'warnings', 'null'), '[]')) WITH ORDINALITY AS d (line, n)
    UNION ALL SELECT 'keep', 1, p.own FROM the_order o JOIN words p ON p.key = coalesce($3::jsonb ->> 'storage_phrase', CASE
           WHEN o.dosage_form IN ('decocted_liquid', 'soft_extract') THEN 'store_refrigerated'
           WHEN o.dosage_form IN ('raw_decoction', 'wash_soak', 'tea_bag', 'loose_tea', 'moxa') THEN 'store_cool_dry'
           ELSE 'store_closed_light' END)
    UNION ALL SELECT 'keep', 3, replace(p.own, '{date}', $3::jsonb ->> 'beyond_use') FROM words p
     WHERE p.key = 'use_by' AND $3::jsonb ->> 'beyond_use' IS NOT NULL
)
SELECT ($3::jsonb || jsonb_build_object('lists', (
    SELECT jsonb_object_agg(list, said) FROM (
        SELECT list, jsonb_agg(jsonb_build_object('text', text) ORDER BY position) AS said FROM lines GROUP BY list) l)))::text AS content
