-- A proposal, and whether it still waits for an answer.
SELECT s.prescription_id, s.version, s.kind, a.consented IS NOT NULL AS answered, coalesce(a.consented, false) AS consented,
       (SELECT max(version) FROM prescription_versions v
         WHERE v.shop_id = $1 AND v.prescription_id = s.prescription_id) AS latest_version
  FROM substitutions s
  LEFT JOIN substitution_answers a ON a.shop_id = $1 AND a.substitution_id = s.id
 WHERE s.shop_id = $1::bigint AND s.id = $2::bigint
