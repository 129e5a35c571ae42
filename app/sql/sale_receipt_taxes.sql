-- The tax table of a receipt: per category and rate, what was taxed and how much.
SELECT coalesce(q.tax_category, 'none') AS tax_category, coalesce(x.name, 'Not taxed') AS name, q.tax_basis_points,
       sum(q.total_cents - q.tax_cents)::bigint AS net_cents, sum(q.tax_cents)::bigint AS tax_cents
  FROM payments y
  JOIN quote_lines q ON q.shop_id = y.shop_id AND q.ticket_id = y.ticket_id AND q.quote_no = y.quote_no
  LEFT JOIN tax_categories x ON x.shop_id = q.shop_id AND x.tax_category = q.tax_category
 WHERE y.shop_id = $1 AND y.ticket_id = $2
 GROUP BY q.tax_category, x.name, q.tax_basis_points
 ORDER BY q.tax_category NULLS LAST, q.tax_basis_points
