-- The first patient of an import who was used since: then the import cannot be undone.
SELECT r.line, 'code' AS column_name, p.code AS value,
       'is used by now: the profile was changed, or something was prescribed' AS rule
  FROM import_rows r JOIN patients p ON p.shop_id = r.shop_id AND p.id = r.made_id
 WHERE r.shop_id = $1::bigint AND r.import_id = $2
   AND (p.profile_version > 1
        OR EXISTS (SELECT FROM prescriptions t WHERE t.shop_id = p.shop_id AND t.patient_id = p.id)
        OR EXISTS (SELECT FROM patient_medicines t WHERE t.shop_id = p.shop_id AND t.patient_id = p.id)
        OR EXISTS (SELECT FROM patient_conditions t WHERE t.shop_id = p.shop_id AND t.patient_id = p.id)
        OR EXISTS (SELECT FROM patient_allergies t WHERE t.shop_id = p.shop_id AND t.patient_id = p.id))
 ORDER BY r.line LIMIT 1
