-- How the money went back, each with the running sum the next one refers to.
INSERT INTO refund_tenders (shop_id, ticket_id, refund_no, tender_no, kind, amount_cents, reference, upto_cents)
SELECT $1, $2, $3::integer, t.n, t.kind, t.amount, coalesce(t.reference, ''), sum(t.amount) OVER (ORDER BY t.n)
  FROM unnest($4::text[], $5::bigint[], $6::text[]) WITH ORDINALITY t (kind, amount, reference, n)
