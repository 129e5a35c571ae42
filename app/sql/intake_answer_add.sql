-- What the prescriber said, by whom and how. Without a row there is no such question, or it has its answer.
INSERT INTO intake_answers (shop_id, intake_id, query_no, verdict, answer, said_by, said_how, recorded_by)
SELECT q.shop_id, q.intake_id, q.query_no, $4, $5, $6, $7, $8
  FROM intake_queries q
 WHERE q.shop_id = $1 AND q.intake_id = $2 AND q.query_no = $3::integer
   AND NOT EXISTS (SELECT FROM intake_answers a WHERE a.shop_id = q.shop_id AND a.intake_id = q.intake_id AND a.query_no = q.query_no)
