-- A prescription as a whole: whose it is, its newest version, and whether that is signed.
SELECT p.id, p.patient_id, latest.version AS latest_version,
       EXISTS (SELECT FROM signatures s
                WHERE s.shop_id = p.shop_id AND s.prescription_id = p.id AND s.version = latest.version) AS signed
  FROM prescriptions p
  JOIN LATERAL (SELECT max(v.version) AS version FROM prescription_versions v
                 WHERE v.shop_id = p.shop_id AND v.prescription_id = p.id) AS latest ON true
 WHERE p.shop_id = $1::bigint AND p.id = $2::bigint
