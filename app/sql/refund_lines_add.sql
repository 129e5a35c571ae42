-- What came back, line by line, as the next part of each. The arrays run in parallel.
INSERT INTO refund_lines (shop_id, ticket_id, quote_no, seq, part_no, refund_no, sold_quantity, sold_cents, quantity, amount_cents,
                          tax_cents, upto_quantity, upto_cents, disposition)
SELECT $1, $2, $3::integer, l.seq, l.part_no, $4::integer, l.sold_quantity, l.sold_cents, l.quantity, l.amount_cents, l.tax_cents,
       l.upto_quantity, l.upto_cents, l.disposition
  FROM unnest($5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[],
              $13::bigint[], $14::text[])
       l (seq, part_no, sold_quantity, sold_cents, quantity, amount_cents, tax_cents, upto_quantity, upto_cents, disposition)
