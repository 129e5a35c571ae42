-- The frozen lines of a quote, to hold against what the same ticket would cost now.
SELECT seq::bigint AS seq, line_no::bigint AS line_no, kind, coalesce(fee_id, 0) AS fee_id, name, quantity, list_cents,
       discount_cents, tax_cents, total_cents
  FROM quote_lines
 WHERE shop_id = $1 AND ticket_id = $2 AND quote_no = $3::integer
 ORDER BY seq
