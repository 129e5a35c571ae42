-- What is owed to patients: supplies of which less was ordered than prescribed, of the newest signed version, the longest first;
-- of one patient ($2).
SELECT s.prescription_id, s.version, s.supply_no, s.packets, s.packets_ordered, s.packets - s.packets_ordered AS packets_owed,
       s.opened_on, o.patient_id, p.code AS patient_code, trim(p.given_name || ' ' || p.family_name) AS patient_name, p.phone,
       v.dosage_form, o.orders
  FROM supplies s
  JOIN prescription_versions v ON v.shop_id = s.shop_id AND v.prescription_id = s.prescription_id AND v.version = s.version
  JOIN LATERAL (SELECT min(o.patient_id) AS patient_id, string_agg('#' || o.id, ' ' ORDER BY o.id) AS orders FROM orders o
                 WHERE o.shop_id = s.shop_id AND o.prescription_id = s.prescription_id AND o.version = s.version
                   AND o.supply_no = s.supply_no AND o.state NOT IN ('cancelled', 'rejected', 'wasted')) o ON o.orders IS NOT NULL
  JOIN patients p ON p.shop_id = s.shop_id AND p.id = o.patient_id
 WHERE s.shop_id = $1 AND s.packets_ordered < s.packets AND s.ended_at IS NULL
   AND ($2::bigint IS NULL OR o.patient_id = $2::bigint)
   AND NOT EXISTS (SELECT FROM signatures g WHERE g.shop_id = s.shop_id AND g.prescription_id = s.prescription_id
                                              AND g.version > s.version)
 ORDER BY s.opened_on, s.prescription_id
