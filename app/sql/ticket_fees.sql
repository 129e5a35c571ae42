-- What is charged beside the herbs of each order on a ticket, by its dosage form. $2 and $3 run in parallel: lines and orders.
SELECT l.line_no, o.id AS order_id, f.id AS fee_id, f.name, coalesce(f.name_hanzi, '') AS name_hanzi, f.amount_cents,
       coalesce(f.tax_category, '') AS tax_category, coalesce(x.rate_basis_points, 0)::bigint AS tax_basis_points, v.dosage_form,
       CASE f.per WHEN 'order' THEN 1 WHEN 'packet' THEN o.packets WHEN 'day' THEN (v.days * o.packets + v.packets - 1) / v.packets
                  WHEN 'dose' THEN (v.days * v.doses_per_day * o.packets + v.packets - 1) / v.packets
                  ELSE (SELECT (sum(n.quantity) + f.unit_mg - 1) / f.unit_mg FROM order_lines n
                         WHERE n.shop_id = o.shop_id AND n.order_id = o.id) END::bigint AS times
  FROM unnest($2::bigint[], $3::bigint[]) l (line_no, order_id)
  JOIN orders o ON o.shop_id = $1 AND o.id = l.order_id
  JOIN prescription_versions v ON v.shop_id = o.shop_id AND v.prescription_id = o.prescription_id AND v.version = o.version
  JOIN fees f ON f.shop_id = $1 AND f.ended_at IS NULL AND (f.dosage_form IS NULL OR f.dosage_form = v.dosage_form)
             AND shop_today($1) BETWEEN coalesce(f.valid_from, '-infinity') AND coalesce(f.valid_until, 'infinity')
  LEFT JOIN tax_categories x ON x.shop_id = $1 AND x.tax_category = f.tax_category
 ORDER BY l.line_no, f.id
