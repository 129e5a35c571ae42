-- The deliveries the demo lots came with: one per supplier and invoice.
INSERT INTO receipts (shop_id, supplier_id, invoice, received_at)
SELECT $1, s.id, r->>'invoice', min(now() - make_interval(days => (r->>'received_days_ago')::integer))
  FROM rows_of($2::text[], $3::text[]) r
  JOIN suppliers s ON s.shop_id = $1 AND s.code = r->>'supplier'
 GROUP BY s.id, r->>'invoice'
