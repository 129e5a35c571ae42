-- A count. Limits not given are a tenth of what should be there, and the shop's value. Its sheet is the next statement: the rule
-- that lets lines in looks for the open count.
INSERT INTO counts (shop_id, title, blind, limit_permille, limit_cents, created_by)
SELECT $1, $2, $3, coalesce($4::integer, 100), coalesce($5::bigint, s.second_person_above_cents), $6::bigint
  FROM shops s WHERE s.id = $1
RETURNING id
