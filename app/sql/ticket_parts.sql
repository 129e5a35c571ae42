-- What the lines of a ticket are made of, for pricing: a shelf line is one part, an order one per herb. $2 … run in parallel:
-- line numbers, items (0: an order), orders (0: an item), quantities. The cost of an order's herb is that of what was weighed,
-- else of what is set aside, else of the dearest that lies there; a lot without a cost makes it unknown. `restricted`: why no promo
-- code may touch it. $6 … are what is drafted, parts of line 1: their own lines, items, quantities; $9 its dosage form. They cost what
-- the dearest that lies there does.
WITH line AS (
    SELECT * FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) l (line_no, item_id, order_id, quantity)
), part AS (
    SELECT l.line_no, 0::bigint AS part_no, l.item_id, 0::bigint AS order_id, l.quantity, p.dosage_form::text AS dosage_form,
           0::bigint AS cost_cents, false AS cost_known
      FROM line l
      JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
      LEFT JOIN products p ON p.id = i.product_id
    UNION ALL
    SELECT l.line_no, n.line_no, n.item_id, l.order_id, n.quantity, v.dosage_form, coalesce(c.cents, e.cents, 0)::bigint,
           coalesce(c.known, e.cents IS NOT NULL)
      FROM line l
      JOIN orders o ON o.shop_id = $1 AND o.id = l.order_id
      JOIN prescription_versions v ON v.shop_id = o.shop_id AND v.prescription_id = o.prescription_id AND v.version = o.version
      JOIN order_lines n ON n.shop_id = o.shop_id AND n.order_id = o.id
      LEFT JOIN LATERAL (
            SELECT sum(round(coalesce(w.weighed, r.quantity)::numeric * t.cost_cents / t.cost_quantity)) AS cents,
                   bool_and(t.cost_cents > 0) AS known
              FROM reservations r
              JOIN lots t ON t.shop_id = r.shop_id AND t.id = r.lot_id
              LEFT JOIN weighings w ON w.shop_id = r.shop_id AND w.order_id = r.order_id AND w.allocation_no = r.allocation_no
                                   AND w.line_no = r.line_no AND w.lot_id = r.lot_id AND w.location_id = r.location_id
             WHERE r.shop_id = o.shop_id AND r.order_id = o.id AND r.allocation_no = o.allocation_no AND r.line_no = n.line_no) c ON true
      LEFT JOIN LATERAL (
            SELECT max(ceil(n.quantity::numeric * t.cost_cents / t.cost_quantity)) AS cents
              FROM lots t
             WHERE t.shop_id = o.shop_id AND t.item_id = n.item_id AND t.in_stock AND t.cost_cents > 0) e ON true
    UNION ALL
    SELECT 1, d.part_no, d.item_id, 0, d.quantity, $9::text, coalesce(e.cents, 0)::bigint, e.cents IS NOT NULL
      FROM unnest($6::bigint[], $7::bigint[], $8::bigint[]) d (part_no, item_id, quantity)
      LEFT JOIN LATERAL (
            SELECT max(ceil(d.quantity::numeric * t.cost_cents / t.cost_quantity)) AS cents
              FROM lots t
             WHERE t.shop_id = $1 AND t.item_id = d.item_id AND t.in_stock AND t.cost_cents > 0) e ON true
)
SELECT p.line_no, p.part_no, p.order_id, i.id AS item_id, i.sku, coalesce(i.herb_id, i.product_id)::text AS thing, i.item_kind, i.name,
       coalesce(i.name_hanzi, '') AS name_hanzi, i.unit, p.quantity, i.price_cents, i.price_per_quantity,
       coalesce(i.tax_category, '') AS tax_category, coalesce(x.rate_basis_points, 0)::bigint AS tax_basis_points,
       coalesce(p.dosage_form, '') AS dosage_form, p.cost_cents, p.cost_known,
       CASE WHEN h.toxicity <> 'none' THEN h.toxicity
            WHEN h.status IN ('restricted', 'banned') THEN h.status
            WHEN i.flags ~ '(^|;) *(toxic|restricted|prescription_only|controlled)' THEN 'restricted or on prescription only'
            ELSE '' END AS restricted
  FROM part p
  JOIN items i ON i.shop_id = $1 AND i.id = p.item_id
  LEFT JOIN herbs h ON h.id = i.herb_id
  LEFT JOIN tax_categories x ON x.shop_id = $1 AND x.tax_category = i.tax_category
 ORDER BY p.line_no, p.part_no
