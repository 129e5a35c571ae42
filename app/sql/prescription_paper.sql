-- The paper a version was entered from, whether it was found to match it, and what stands in the way of its signature. No row: it was
-- written here.
SELECT p.intake_id, coalesce(k.matches, false) AS matches, r.intake_id IS NOT NULL AS refused,
       coalesce(min(q.query_no) FILTER (WHERE a.query_no IS NULL), 0)::bigint AS open_query,
       coalesce(bool_or(a.verdict = 'withdrawn'), false) AS withdrawn,
       coalesce(bool_or(a.verdict = 'will_change' AND a.recorded_at > v.created_at), false) AS to_change
  FROM prescriptions p
  JOIN prescription_versions v ON v.shop_id = p.shop_id AND v.prescription_id = p.id AND v.version = $3::integer
  LEFT JOIN intake_checks k ON k.shop_id = v.shop_id AND k.prescription_id = v.prescription_id AND k.version = v.version
  LEFT JOIN intake_rejections r ON r.shop_id = p.shop_id AND r.intake_id = p.intake_id
  LEFT JOIN intake_queries q ON q.shop_id = p.shop_id AND q.intake_id = p.intake_id
  LEFT JOIN intake_answers a ON a.shop_id = q.shop_id AND a.intake_id = q.intake_id AND a.query_no = q.query_no
 WHERE p.shop_id = $1::bigint AND p.id = $2::bigint AND p.intake_id IS NOT NULL
 GROUP BY p.intake_id, k.matches, r.intake_id
