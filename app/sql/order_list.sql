-- Orders, newest first, of one state or all.
SELECT o.id, o.state, o.payment, o.prescription_id, o.version, o.patient_id, p.code AS patient_code,
       trim(p.given_name || ' ' || p.family_name) AS patient_name, v.dosage_form, v.packets, v.total_mg, o.created_at,
       (SELECT count(*) FROM order_lines l WHERE l.shop_id = o.shop_id AND l.order_id = o.id) AS lines
  FROM orders o
  JOIN patients p ON p.shop_id = o.shop_id AND p.id = o.patient_id
  JOIN prescription_versions v ON v.shop_id = o.shop_id AND v.prescription_id = o.prescription_id AND v.version = o.version
 WHERE o.shop_id = $1 AND ($2::text IS NULL OR o.state = $2)
 ORDER BY o.id DESC
 LIMIT least(coalesce($3::bigint, 100), 1000)
