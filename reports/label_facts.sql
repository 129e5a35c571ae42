-- What was noted about an order, prescription, patient or person ($2) for labels: the newest of each field.
SELECT DISTINCT ON (f.field) f.field, f.text, u.display_name AS noted_by, f.noted_at
  FROM label_facts f LEFT JOIN users u ON u.shop_id = f.shop_id AND u.id = f.noted_by
 WHERE f.shop_id = $1::bigint
   AND $3::bigint = CASE $2::text WHEN 'order' THEN f.order_id WHEN 'prescription' THEN f.prescription_id
                                  WHEN 'patient' THEN f.patient_id WHEN 'person' THEN f.user_id END
 ORDER BY f.field, f.id DESC
