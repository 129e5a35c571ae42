-- A question to the prescriber of a paper, about a screening ($3; NULL: about the paper itself).
INSERT INTO intake_queries (shop_id, intake_id, query_no, screening_id, question, asked_by)
SELECT $1, $2, 1 + coalesce(max(q.query_no), 0), $3::bigint, $4, $5 FROM intake_queries q WHERE q.shop_id = $1 AND q.intake_id = $2
RETURNING query_no::bigint AS query_no
