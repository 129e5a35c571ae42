-- What a screening is about, how many answers it has, and which screening of the same version is the latest.
SELECT s.patient_id, s.prescription_id, s.version,
       (SELECT count(*) FROM answers a WHERE a.shop_id = s.shop_id AND a.screening_id = s.id) AS answered_count,
       (SELECT max(id) FROM screenings l
         WHERE l.shop_id = s.shop_id AND l.prescription_id = s.prescription_id AND l.version = s.version) AS latest_id
  FROM screenings s
 WHERE s.shop_id = $1::bigint AND s.id = $2::bigint
