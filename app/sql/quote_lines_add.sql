-- The lines of a quote, each with the running sum the next one refers to. The arrays run in parallel; 0 stands for none.
INSERT INTO quote_lines (shop_id, ticket_id, quote_no, seq, line_no, kind, item_id, order_id, fee_id, name, name_hanzi, quantity,
                         unit, price_note, list_cents, discount_cents, tax_category, tax_basis_points, tax_included, tax_cents,
                         total_cents, upto_cents, cost_cents, price_reason, price_rule_id)
SELECT $1, $2, $3::integer, l.seq, l.line_no, l.kind, nullif(l.item_id, 0), nullif(l.order_id, 0), nullif(l.fee_id, 0), l.name,
       coalesce(l.name_hanzi, ''), l.quantity, l.unit, l.price_note, l.list_cents, l.discount_cents, nullif(l.tax_category, ''),
       l.tax_basis_points, $4, l.tax_cents, l.total_cents, sum(l.total_cents) OVER (ORDER BY l.seq), nullif(l.cost_cents, -1),
       l.price_reason, nullif(l.price_rule_id, 0)
  FROM unnest($5::bigint[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[], $10::text[], $11::text[], $12::bigint[],
              $13::text[], $14::text[], $15::bigint[], $16::bigint[], $17::text[], $18::bigint[], $19::bigint[], $20::bigint[],
              $21::bigint[], $22::text[], $23::bigint[])
       WITH ORDINALITY l (line_no, kind, item_id, order_id, fee_id, name, name_hanzi, quantity, unit, price_note, list_cents,
                          discount_cents, tax_category, tax_basis_points, tax_cents, total_cents, cost_cents, price_reason, price_rule_id, seq)
