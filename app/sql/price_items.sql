-- The shop's items as parts to be priced, each by itself: those whose name, SKU or bar code holds the text ($2) or whose herb or
-- product is one of those listed ($3), of one kind ($4), of one SKU ($5); or what an order of the dosage form $6 is filled from, as a
-- part of it, and products of that form. What is weighed is priced for 100 g at least, so that prices by the gram and by the half
-- kilogram can be compared. The cost is the average of the lots that may be sold today, by what lies there; the lots in stock are read
-- once for all items. What is out of use is listed as long as some of it is left.
WITH wanted AS MATERIALIZED (
    SELECT i.id, i.sku, i.item_kind, i.herb_id, i.product_id, i.name, i.name_hanzi, i.unit, i.price_cents, i.price_per_quantity,
           i.tax_category, CASE i.unit WHEN 'mg' THEN greatest(i.price_per_quantity, 100000) ELSE i.price_per_quantity END AS quantity
      FROM items i
     WHERE i.shop_id = $1
       AND ($2::text IS NULL OR strpos(lower(i.name), lower($2)) > 0 OR strpos(i.name_hanzi, $2) > 0
            OR strpos(lower(i.sku), lower($2)) > 0 OR i.herb_id = ANY ($3::text[]) OR i.product_id = ANY ($3::text[])
            OR (i.gtin = lpad($2, 14, '0') AND $2 ~ '^[0-9]{8,14}$'))
       AND ($4::text IS NULL OR i.item_kind = $4)
       AND ($5::text IS NULL OR i.sku = $5)
       AND (i.retired_at IS NULL OR $5::text IS NOT NULL
            OR EXISTS (SELECT FROM lots l WHERE l.shop_id = i.shop_id AND l.item_id = i.id AND l.in_stock))
       AND ($5::text IS NOT NULL OR $6::text IS NULL OR i.item_kind = ANY (form_item_kinds($6))
            OR i.product_id IN (SELECT id FROM products WHERE dosage_form = $6))
), costs AS MATERIALIZED (
    SELECT l.item_id, sum(b.quantity * l.cost_cents::numeric / l.cost_quantity) / sum(b.quantity) AS cost
      FROM lots l
     CROSS JOIN LATERAL (SELECT location_id, quantity FROM balances
                          WHERE shop_id = $1 AND lot_id = l.id AND internal AND quantity > 0 OFFSET 0) b
      JOIN locations p ON p.shop_id = $1 AND p.id = b.location_id
     WHERE l.shop_id = $1 AND l.in_stock AND l.cost_cents > 0 AND l.item_id IN (SELECT id FROM wanted)
       AND lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today($1)), (SELECT shop_today($1))) IS NULL
     GROUP BY l.item_id
)
SELECT w.id AS line_no, 0::bigint AS part_no, 0::bigint AS order_id, w.id AS item_id, w.sku, coalesce(w.herb_id, w.product_id)::text AS thing,
       w.item_kind, w.name, coalesce(w.name_hanzi, '') AS name_hanzi, w.unit, w.quantity, w.price_cents, w.price_per_quantity,
       coalesce(w.tax_category, '') AS tax_category, coalesce(x.rate_basis_points, 0)::bigint AS tax_basis_points,
       coalesce(d.dosage_form::text, CASE WHEN w.item_kind = ANY (form_item_kinds($6)) THEN $6 END, '') AS dosage_form,
       coalesce(round(w.quantity * k.cost), 0)::bigint AS cost_cents, k.cost IS NOT NULL AS cost_known, '' AS restricted
  FROM wanted w
  LEFT JOIN costs k ON k.item_id = w.id
  LEFT JOIN products d ON d.id = w.product_id
  LEFT JOIN tax_categories x ON x.shop_id = $1 AND x.tax_category = w.tax_category
 ORDER BY w.name COLLATE "und-x-icu", w.sku
