-- What a payment was made with, each with the running sum the next one refers to. The arrays run in parallel.
INSERT INTO tenders (shop_id, ticket_id, tender_no, kind, amount_cents, given_cents, reference, upto_cents)
SELECT $1, $2, t.n, t.kind, t.amount, t.given, coalesce(t.reference, ''), sum(t.amount) OVER (ORDER BY t.n)
  FROM unnest($3::text[], $4::bigint[], $5::bigint[], $6::text[]) WITH ORDINALITY t (kind, amount, given, reference, n)
