-- Demo lots; their days count from the shop's today, so that the demo never goes stale. A drawer named twice is one lot.
INSERT INTO lots (shop_id, item_id, supplier_id, lot_code, expires_on, expiry_precision, status, status_reason, certificate,
                  cost_cents, cost_quantity, received_at)
SELECT DISTINCT ON (i.id, s.id, r->>'lot_code')
       $1::bigint, i.id, s.id, r->>'lot_code',
       CASE r->>'expiry_precision' WHEN 'month'
            THEN (date_trunc('month', d.day::timestamp) + interval '1 month - 1 day')::date ELSE d.day END,
       r->>'expiry_precision', r->>'status', coalesce(r->>'status_reason', ''), coalesce(r->>'certificate', ''),
       coalesce((r->>'cost_cents')::bigint, 0), (r->>'quantity')::bigint,
       now() - make_interval(days => (r->>'received_days_ago')::integer)
  FROM rows_of($2::text[], $3::text[]) r
  JOIN items i ON i.shop_id = $1 AND i.sku = r->>'sku'
  JOIN suppliers s ON s.shop_id = $1 AND s.code = r->>'supplier'
 CROSS JOIN LATERAL (SELECT shop_today($1) + (r->>'expires_in_days')::integer AS day) d
