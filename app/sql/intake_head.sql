-- Where a received prescription stands: what was entered from it, by whom its newest version, and whether the person acting ($3) may be its
-- second person too.
SELECT i.id, i.patient_id, coalesce(p.id, 0) AS prescription_id, coalesce(v.version, 0) AS version, coalesce(v.created_by, 0) AS entered_by,
       coalesce(u.display_name, '') AS entered_name, coalesce(s.id, 0) AS screening_id, g.version IS NOT NULL AS signed,
       r.intake_id IS NOT NULL AS rejected,
       (SELECT count(*) FROM attachments a WHERE a.shop_id = i.shop_id AND a.intake_id = i.id) AS pages,
       coalesce(m.id, 0) AS mode_id, coalesce(now() >= v.created_at + make_interval(mins => m.delay_minutes), false) AS second_look_due
  FROM intakes i
  LEFT JOIN intake_rejections r ON r.shop_id = i.shop_id AND r.intake_id = i.id
  LEFT JOIN prescriptions p ON p.shop_id = i.shop_id AND p.intake_id = i.id
  LEFT JOIN LATERAL (SELECT v.* FROM prescription_versions v WHERE v.shop_id = p.shop_id AND v.prescription_id = p.id
                      ORDER BY v.version DESC LIMIT 1) v ON true
  LEFT JOIN users u ON u.shop_id = v.shop_id AND u.id = v.created_by
  LEFT JOIN LATERAL (SELECT max(s.id) AS id FROM screenings s WHERE s.shop_id = v.shop_id AND s.prescription_id = v.prescription_id
                        AND s.version = v.version) s ON true
  LEFT JOIN signatures g ON g.shop_id = v.shop_id AND g.prescription_id = v.prescription_id AND g.version = v.version
  LEFT JOIN single_person_modes m ON m.shop_id = i.shop_id AND m.switched_off_at IS NULL
 WHERE i.shop_id = $1 AND i.id = $2
