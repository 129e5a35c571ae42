-- Orders, newest first: of one state, of one patient, or those a text may mean: the number or bar code of a label (12, 000012,
-- 20270131-000012), or a part of the patient's name or code. The next page begins before the last id of this one.
SELECT o.id, o.state, o.payment, o.prescription_id, o.version, o.patient_id, p.code AS patient_code,
       trim(p.given_name || ' ' || p.family_name) AS patient_name, v.dosage_form, o.packets, o.created_at,
       o.stopped_state IS NOT NULL AND o.stopped_state = o.state AS stopped, l.total_mg, l.lines
  FROM orders o
  JOIN patients p ON p.shop_id = o.shop_id AND p.id = o.patient_id
  JOIN prescription_versions v ON v.shop_id = o.shop_id AND v.prescription_id = o.prescription_id AND v.version = o.version
 CROSS JOIN LATERAL (SELECT sum(l.crude_mg)::bigint AS total_mg, count(*) AS lines FROM order_lines l
                      WHERE l.shop_id = o.shop_id AND l.order_id = o.id) l
 WHERE o.shop_id = $1 AND ($2::text IS NULL OR o.state = $2) AND ($4::bigint IS NULL OR o.patient_id = $4::bigint)
   AND ($5::text IS NULL
        OR o.id = CASE WHEN trim($5) ~ '^([0-9]{8}-)?[0-9]{1,15}$' THEN regexp_replace(trim($5), '^.*-', '')::bigint END
        OR strpos(lower(concat_ws(' ', p.given_name, p.family_name, p.given_name, p.name_hanzi, p.code)), lower(trim($5))) > 0)
   AND ($6::bigint IS NULL OR o.id < $6::bigint)
 ORDER BY o.id DESC
 LIMIT least(coalesce($3::bigint, 100), 1000)
