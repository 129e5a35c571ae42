-- Answers in the order given, numbered on from those there are ($3); the caller holds the patient's lock. Two answers with one
-- number, or two to one finding, do not go in.
INSERT INTO answers (shop_id, screening_id, answer_no, critical_no, reason, note, answered_by)
SELECT $1::bigint, $2::bigint, $3::integer + no, critical_no, reason, note, $7::bigint
  FROM unnest($4::bigint[], $5::text[], $6::text[]) WITH ORDINALITY AS answer (critical_no, reason, note, no)
