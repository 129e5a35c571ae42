-- What was found for each checked order and what was answered: of the screening that the order went out with. $2, $3 = first and last
-- day of the final check in the shop's time.
SELECT to_char(k.checked_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS checked_at, o.id AS order_no, p.code AS patient_code,
       f.severity, f.subject_name AS subject, f.object_name AS object, f.daily_mg, concat_ws(' ', f.effect, nullif(f.detail, '')) AS effect, f.action,
       CASE WHEN f.critical_no IS NULL THEN 'listed' WHEN a.answer_no IS NULL THEN 'unanswered' ELSE 'answered' END AS state,
       coalesce(r.english, a.reason) AS reason, a.note, u.display_name AS answered_by,
       to_char(a.answered_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS answered_at, reader.display_name AS acknowledged_by,
       f.rule_id, nullif(f.rule_version, 0) AS rule_version, f.citation
  FROM final_checks k
  JOIN shops s ON s.id = $1
  JOIN orders o ON o.shop_id = $1 AND o.id = k.order_id
  JOIN patients p ON p.shop_id = $1 AND p.id = o.patient_id
  JOIN findings f ON f.shop_id = $1
                 AND f.screening_id = coalesce((SELECT h.screening_id FROM handovers h WHERE h.shop_id = $1 AND h.order_id = o.id),
                                               (SELECT max(l.id) FROM screenings l WHERE l.shop_id = $1 AND l.prescription_id = o.prescription_id
                                                   AND l.version = o.version))
  LEFT JOIN answers a ON a.shop_id = $1 AND a.screening_id = f.screening_id AND a.critical_no = f.critical_no
  LEFT JOIN answer_reasons r ON r.code = a.reason
  LEFT JOIN users u ON u.shop_id = $1 AND u.id = a.answered_by
  LEFT JOIN acknowledgements g ON g.shop_id = $1 AND g.screening_id = a.screening_id AND g.answer_no = a.answer_no
  LEFT JOIN users reader ON reader.shop_id = $1 AND reader.id = g.acknowledged_by
 WHERE k.shop_id = $1
   AND ($2::date IS NULL OR k.checked_at >= $2::date::timestamp AT TIME ZONE s.time_zone)
   AND ($3::date IS NULL OR k.checked_at < ($3::date + 1)::timestamp AT TIME ZONE s.time_zone)
 ORDER BY k.checked_at, o.id, f.finding_no
