-- The item that fills each line of a signed version, the one the line says or as item_for (0036) chooses it, for $5 packets of its supply $4. Of what is left
-- of the supply after its other orders each packet gets its share, so that the parts come to the version's weights, to the milligram.
-- `quantity` is in the item's own grams: crude weight by the item's ratio with the version's overage for losses, rounded half up
-- once, of the whole as long as every part is made of the same item.
WITH parts AS (
    SELECT l.line_no, sum(l.crude_mg)::bigint AS crude_mg, sum(l.quantity)::bigint AS quantity, min(l.item_id) AS item_id,
           min(l.item_id) = max(l.item_id) AS one_item
      FROM orders o
      JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.id
     WHERE o.shop_id = $1 AND o.prescription_id = $2 AND o.version = $3::integer AND o.supply_no = $4::integer
       AND o.state NOT IN ('cancelled', 'rejected', 'wasted')
     GROUP BY l.line_no
), wanted AS (
    SELECT v.version, v.dosage_form, v.overage_permille, i.line_no, i.herb_id, i.processing, i.filled_item_id, i.total_mg, p.item_id AS part_item_id,
           coalesce(p.one_item, true) AS one_item, coalesce(p.quantity, 0) AS part_quantity, coalesce(p.crude_mg, 0) AS part_crude_mg, n.packets_left,
           packets_share(i.total_mg - coalesce(p.crude_mg, 0), n.packets_left, $5::bigint) AS crude_mg
      FROM prescription_versions v
      JOIN prescription_items i ON i.shop_id = $1 AND i.prescription_id = v.prescription_id AND i.version = v.version
      LEFT JOIN parts p ON p.line_no = i.line_no
     CROSS JOIN LATERAL (SELECT v.packets - coalesce(sum(o.packets), 0) AS packets_left FROM orders o
                          WHERE o.shop_id = $1 AND o.prescription_id = $2 AND o.version = $3::integer
                            AND o.supply_no = $4::integer AND o.state NOT IN ('cancelled', 'rejected', 'wasted')) n
     WHERE v.shop_id = $1 AND v.prescription_id = $2 AND v.version = $3::integer
)
SELECT w.version, w.line_no, w.herb_id, w.crude_mg, h.pinyin, h.hanzi, coalesce(t.id, 0) AS item_id,
       coalesce(CASE WHEN w.one_item AND coalesce(w.part_item_id, t.id) = t.id
                     THEN packets_share(round(w.total_mg::numeric * f.parts / f.of_parts)::bigint - w.part_quantity, w.packets_left,
                                        $5::bigint)
                     ELSE round(w.crude_mg::numeric * f.parts / f.of_parts)::bigint END, 0) AS quantity,
       false AS from_shelf, coalesce(t.sku, '') AS sku
  FROM wanted w
  JOIN herbs h ON h.id = w.herb_id
  LEFT JOIN items t ON t.shop_id = $1 AND t.id = coalesce(w.filled_item_id,
                                                               item_for($1, w.dosage_form, w.herb_id, w.processing, w.crude_mg))
 CROSS JOIN LATERAL (SELECT ((1000 + w.overage_permille) * t.ratio_denominator)::numeric AS parts,
                            (1000 * t.ratio_numerator)::numeric AS of_parts) f
 WHERE t.item_kind IS DISTINCT FROM 'product' -- not compounded: it goes along from the shelf
UNION ALL
-- All lines in one product are one line of so many pieces: what its maker states is in one says how many, else the order $6 that this
-- one follows, else nobody (-1). Sold by weight, it is as much as the herbs weigh.
SELECT w.version, min(w.line_no), '', packets_share(sum(w.total_mg)::bigint - max(w.part_crude_mg), min(w.packets_left), $5::bigint), t.name,
       coalesce(t.name_hanzi, ''), t.id,
       CASE WHEN t.unit = 'mg' OR t.content_mg IS NOT NULL
            THEN packets_share(ceil(sum(w.total_mg) / CASE t.unit WHEN 'mg' THEN 1 ELSE t.content_mg END)::bigint - max(w.part_quantity),
                               min(w.packets_left), $5::bigint)
            ELSE coalesce((SELECT n.quantity FROM order_lines n WHERE n.shop_id = $1 AND n.order_id = $6::bigint AND n.item_id = t.id), -1)
            END, true, t.sku
  FROM wanted w
  JOIN items t ON t.shop_id = $1 AND t.id = w.filled_item_id AND t.item_kind = 'product'
 GROUP BY w.version, t.id, t.name, t.name_hanzi, t.unit, t.content_mg, t.sku
 ORDER BY line_no
