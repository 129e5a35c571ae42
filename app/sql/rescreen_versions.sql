-- The watched versions of patients $2 < id <= $3, and what those patients took in the last hundred days: with their herbs
-- ("dang_gui:9000;…", a day) and formulas in order, and what their latest screening found.
SELECT w.patient_id, w.prescription_id, w.version, w.watched, w.first_on, w.last_on, w.today, w.order_id, s.id AS screening_id,
       s.profile_version AS seen_profile, s.knowledge_version AS seen_knowledge, s.finding_keys,
       coalesce(split_part(s.recipe, '|', 1),
                (SELECT string_agg(i.herb_id || ':' || i.daily_mg, ';' ORDER BY i.line_no) FROM prescription_items i
                  WHERE i.shop_id = $1::bigint AND i.prescription_id = w.prescription_id AND i.version = w.version)) AS herbs,
       coalesce(split_part(s.recipe, '|', 2),
                (SELECT string_agg(f.formula_id, ';' ORDER BY f.seq) FROM prescription_formulas f
                  WHERE f.shop_id = $1::bigint AND f.prescription_id = w.prescription_id AND f.version = w.version)) AS formulas
  FROM followed w
  LEFT JOIN LATERAL (SELECT s.id, s.profile_version, s.knowledge_version, s.finding_keys, s.recipe FROM screenings s
                      WHERE s.shop_id = $1::bigint AND s.prescription_id = w.prescription_id AND s.version = w.version
                      ORDER BY s.id DESC LIMIT 1) s ON w.watched
 WHERE w.shop_id = $1::bigint AND w.patient_id > $2::bigint AND w.patient_id <= $3::bigint
   AND (w.watched OR w.last_on >= w.today - 100)
 ORDER BY w.patient_id, w.prescription_id, w.version
