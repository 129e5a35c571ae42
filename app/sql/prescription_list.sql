-- Prescriptions, newest first: of one patient ($2) or of all, each with its newest version.
SELECT p.id, v.version, p.patient_id, t.code AS patient_code, trim(t.given_name || ' ' || t.family_name) AS patient_name,
       v.dosage_form, v.days, v.packets, v.total_mg, v.indication, author.display_name AS created_by, v.created_at,
       s.signed_at, screening.critical_count,
       (SELECT count(*) FROM answers a WHERE a.shop_id = p.shop_id AND a.screening_id = screening.id) AS answered_count,
       (SELECT string_agg(f.pinyin, ' + ' ORDER BY pf.seq)
          FROM prescription_formulas pf JOIN formulas f ON f.id = pf.formula_id
         WHERE pf.shop_id = p.shop_id AND pf.prescription_id = p.id AND pf.version = v.version) AS formulas
  FROM prescriptions p
  JOIN LATERAL (SELECT * FROM prescription_versions
                 WHERE shop_id = p.shop_id AND prescription_id = p.id ORDER BY version DESC LIMIT 1) AS v ON true
  JOIN patients t ON t.shop_id = p.shop_id AND t.id = p.patient_id
  JOIN users author ON author.shop_id = v.shop_id AND author.id = v.created_by
  LEFT JOIN signatures s ON s.shop_id = v.shop_id AND s.prescription_id = v.prescription_id AND s.version = v.version
  LEFT JOIN LATERAL (SELECT id, critical_count FROM screenings
                      WHERE shop_id = p.shop_id AND prescription_id = p.id AND version = v.version
                      ORDER BY id DESC LIMIT 1) AS screening ON true
 WHERE p.shop_id = $1::bigint AND ($2::bigint IS NULL OR p.patient_id = $2::bigint)
 ORDER BY p.id DESC
 LIMIT least(coalesce($3::bigint, 50), 200)
