-- Sales by day.
SELECT day, count(DISTINCT receipt_no) FILTER (WHERE what <> 'refund') AS sales, sum(list_cents)::bigint AS list_cents,
       sum(discount_cents)::bigint AS discount_cents, sum(net_cents)::bigint AS net_cents, sum(tax_cents)::bigint AS tax_cents,
       sum(total_cents)::bigint AS total_cents, sum(cost_cents)::bigint AS cost_cents,
       sum(net_cents - cost_cents)::bigint AS margin_cents
  FROM sale_lines($1, $2::date, $3::date) GROUP BY day ORDER BY day
