-- What was sold and what came back, line by line: a refund's lines stand as negative on the day of the refund, so every total is
-- what the shop kept. $2, $3 = first and last day in the shop's time. Cost is that of the lots that really left (an order's: of what
-- was weighed, else as it was quoted), less what was put back on the shelf; margin is net less cost.
SELECT day, at, receipt_no, ticket_no, what, name, name_hanzi, category, sold_by, quantity_mg, pieces, list_cents, discount_cents,
       net_cents, tax_cents, total_cents, cost_cents, net_cents - cost_cents AS margin_cents
  FROM sale_lines($1, $2::date, $3::date)
 ORDER BY at, receipt_no, seq
