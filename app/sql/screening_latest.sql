-- The latest screening of a version, how far it is answered and read, and whether the patient is still as it saw her.
SELECT s.id, s.prescription_id, s.version, s.profile_version, s.critical_count, s.knowledge_version, u.display_name AS made_by,
       s.made_at, s.profile_version = p.profile_version AS current, screening_is_current(s.shop_id, s.id) AS stands,
       (SELECT count(*) FROM answers a WHERE a.shop_id = s.shop_id AND a.screening_id = s.id) AS answered_count,
       (SELECT count(*) FROM acknowledgements a WHERE a.shop_id = s.shop_id AND a.screening_id = s.id) AS acknowledged_count
  FROM screenings s
  JOIN patients p ON p.shop_id = s.shop_id AND p.id = s.patient_id
  LEFT JOIN users u ON u.shop_id = s.shop_id AND u.id = s.made_by
 WHERE s.shop_id = $1::bigint AND s.prescription_id = $2::bigint AND s.version = $3::integer
 ORDER BY s.id DESC
 LIMIT 1
