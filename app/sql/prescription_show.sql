-- A version ($3; NULL: the newest) with patient, author and signature.
SELECT p.id, v.version, latest.version AS latest_version, p.patient_id, t.code AS patient_code,
       trim(t.given_name || ' ' || t.family_name) AS patient_name, v.dosage_form, f.english AS form_english, v.merge_rule,
       v.dose_mode, v.days, v.doses_per_day, v.packets, v.refills, v.refill_interval_days,
       v.weights_in, v.dose_mg, v.form_total_mg, v.unit_mg, v.unit_count,
       v.overage_permille, v.binder_permille, v.from_prescription_id, v.from_version, p.intake_id,
       coalesce(o.name, '') AS written_by, v.directions, v.indication, v.change_note,
       coalesce(v.route_code, '') AS route, coalesce(v.timing_code, '') AS timing, coalesce(v.frequency_code, '') AS frequency,
       author.display_name AS created_by, v.created_at, signer.display_name AS signed_by, s.signed_at
  FROM prescriptions p
  JOIN LATERAL (SELECT max(version) AS version FROM prescription_versions
                 WHERE shop_id = p.shop_id AND prescription_id = p.id) AS latest ON true
  JOIN prescription_versions v ON v.shop_id = p.shop_id AND v.prescription_id = p.id
                              AND v.version = coalesce($3::integer, latest.version)
  JOIN patients t ON t.shop_id = p.shop_id AND t.id = p.patient_id
  JOIN dosage_forms f ON f.id = v.dosage_form
  JOIN users author ON author.shop_id = v.shop_id AND author.id = v.created_by
  LEFT JOIN intakes k ON k.shop_id = p.shop_id AND k.id = p.intake_id
  LEFT JOIN outside_prescribers o ON o.shop_id = k.shop_id AND o.id = k.prescriber_id
  LEFT JOIN signatures s ON s.shop_id = v.shop_id AND s.prescription_id = v.prescription_id AND s.version = v.version
  LEFT JOIN users signer ON signer.shop_id = s.shop_id AND signer.id = s.signed_by
 WHERE p.shop_id = $1::bigint AND p.id = $2::bigint
