-- The findings of a screening with their answers and who has read those.
SELECT f.finding_no, f.finding_key AS key, f.critical_no, f.kind, f.severity, f.rule_id, f.rule_version, f.rule_origin, f.subject_id, f.subject_name, f.subject_typed,
       f.object_id, f.object_name, f.object_typed, f.via, f.daily_mg, f.effect, f.mechanism, f.evidence, f.action, f.citation, f.detail,
       a.answer_no, a.reason, r.english AS reason_english, a.note, u.display_name AS answered_by, a.answered_at, a.carried_from,
       reader.display_name AS acknowledged_by, k.acknowledged_at
  FROM findings f
  LEFT JOIN answers a ON a.shop_id = f.shop_id AND a.screening_id = f.screening_id AND a.critical_no = f.critical_no
  LEFT JOIN answer_reasons r ON r.code = a.reason
  LEFT JOIN users u ON u.shop_id = a.shop_id AND u.id = a.answered_by
  LEFT JOIN acknowledgements k ON k.shop_id = a.shop_id AND k.screening_id = a.screening_id AND k.answer_no = a.answer_no
  LEFT JOIN users reader ON reader.shop_id = k.shop_id AND reader.id = k.acknowledged_by
 WHERE f.shop_id = $1::bigint AND f.screening_id = $2::bigint
 ORDER BY f.finding_no
