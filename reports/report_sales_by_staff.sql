-- Sales by the person who took the money, or gave it back.
SELECT sold_by, count(DISTINCT receipt_no) FILTER (WHERE what <> 'refund') AS sales, sum(list_cents)::bigint AS list_cents,
       sum(discount_cents)::bigint AS discount_cents, sum(net_cents)::bigint AS net_cents, sum(tax_cents)::bigint AS tax_cents,
       sum(total_cents)::bigint AS total_cents
  FROM sale_lines($1, $2::date, $3::date) GROUP BY sold_by ORDER BY sum(net_cents) DESC, sold_by
