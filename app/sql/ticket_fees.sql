-- What is charged beside the herbs of each order on a ticket, by its dosage form, and of what is drafted. $2 and $3 run in parallel:
-- lines and orders; $4 … are a draft's form (NULL: none), days, doses a day, packets, capsules or pills, and its items with their
-- quantities, as line 1. What is charged by the unit is charged for the capsules a version counts, else for as many as its
-- weight fills.
WITH course AS (
    SELECT l.line_no, o.id AS order_id, v.dosage_form, v.days, v.doses_per_day, v.packets AS of_packets, o.packets, v.unit_count,
           (SELECT sum(n.quantity) FROM order_lines n
             WHERE n.shop_id = o.shop_id AND n.order_id = o.id AND n.herb_id IS NOT NULL) AS mg
      FROM unnest($2::bigint[], $3::bigint[]) l (line_no, order_id)
      JOIN orders o ON o.shop_id = $1 AND o.id = l.order_id
      JOIN prescription_versions v ON v.shop_id = o.shop_id AND v.prescription_id = o.prescription_id AND v.version = o.version
    UNION ALL
    SELECT 1, 0, $4::text, $5::bigint, $6::bigint, $7::bigint, $7::bigint, $8::bigint,
           (SELECT sum(d.quantity) FROM unnest($9::bigint[], $10::bigint[]) d (item_id, quantity)
              JOIN items i ON i.shop_id = $1 AND i.id = d.item_id AND i.herb_id IS NOT NULL)
     WHERE $4::text IS NOT NULL
)
SELECT c.line_no, c.order_id, f.id AS fee_id, f.name, coalesce(f.name_hanzi, '') AS name_hanzi, f.amount_cents,
       coalesce(f.tax_category, '') AS tax_category, coalesce(x.rate_basis_points, 0)::bigint AS tax_basis_points, c.dosage_form,
       CASE f.per WHEN 'order' THEN 1 WHEN 'packet' THEN c.packets
                  WHEN 'day' THEN (c.days * c.packets + c.of_packets - 1) / c.of_packets
                  WHEN 'dose' THEN (c.days * c.doses_per_day * c.packets + c.of_packets - 1) / c.of_packets
                  ELSE coalesce((c.unit_count * c.packets + c.of_packets - 1) / c.of_packets, (c.mg + f.unit_mg - 1) / f.unit_mg)
                  END::bigint AS times
  FROM course c
  JOIN fees f ON f.shop_id = $1 AND f.ended_at IS NULL AND (f.dosage_form IS NULL OR f.dosage_form = c.dosage_form)
             AND shop_today($1) BETWEEN coalesce(f.valid_from, '-infinity') AND coalesce(f.valid_until, 'infinity')
  LEFT JOIN tax_categories x ON x.shop_id = $1 AND x.tax_category = f.tax_category
 ORDER BY c.line_no, f.id
