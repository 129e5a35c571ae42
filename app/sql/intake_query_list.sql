-- The questions to the prescriber of a paper, and what she said.
SELECT q.query_no, q.screening_id, q.question, u.display_name AS asked_by, q.asked_at, a.verdict, a.answer, a.said_by, a.said_how,
       w.display_name AS recorded_by, a.recorded_at
  FROM intake_queries q
  JOIN users u ON u.shop_id = q.shop_id AND u.id = q.asked_by
  LEFT JOIN intake_answers a ON a.shop_id = q.shop_id AND a.intake_id = q.intake_id AND a.query_no = q.query_no
  LEFT JOIN users w ON w.shop_id = a.shop_id AND w.id = a.recorded_by
 WHERE q.shop_id = $1 AND q.intake_id = $2
 ORDER BY q.query_no
