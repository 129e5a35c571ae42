-- A formula ($2) as items of one kind ($3) that weigh $4 mg together: each herb its share of the formula, crude weight by the item's
-- ratio, whole milligrams by largest remainder. item_id 0: the shop keeps no such item of that herb. Of several the one that
-- lies there in the largest amount.
WITH parts AS (
    SELECT f.herb_id, min(f.seq) AS seq, sum(f.grams) AS grams
      FROM formula_items f
     WHERE f.formula_id = $2 AND f.retired_at IS NULL AND f.grams > 0
     GROUP BY f.herb_id
), chosen AS (
    SELECT p.herb_id, p.seq, coalesce(t.id, 0) AS item_id, coalesce(t.sku, '') AS sku,
           p.grams * coalesce(t.ratio_denominator, 1) / coalesce(t.ratio_numerator, 1) AS share
      FROM parts p
      LEFT JOIN LATERAL (
            SELECT i.id, i.sku, i.ratio_numerator, i.ratio_denominator FROM items i
             WHERE i.shop_id = $1 AND i.herb_id = p.herb_id AND i.item_kind = $3
               AND (i.retired_at IS NULL OR EXISTS (SELECT FROM lots l WHERE l.shop_id = $1 AND l.item_id = i.id AND l.in_stock))
             ORDER BY (SELECT coalesce(sum(b.quantity), 0) FROM lots l JOIN balances b ON b.shop_id = l.shop_id AND b.lot_id = l.id
                        AND b.internal WHERE l.shop_id = $1 AND l.item_id = i.id AND l.in_stock) DESC, i.id
             LIMIT 1) t ON true
), floors AS (
    SELECT *, floor(share * $4 / sum(share) OVER ()) AS least,
           share * $4 / sum(share) OVER () - floor(share * $4 / sum(share) OVER ()) AS rest
      FROM chosen
)
SELECT f.item_id, f.sku, h.pinyin || ' ' || h.hanzi AS herb,
       (f.least + CASE WHEN row_number() OVER (ORDER BY f.rest DESC, f.seq) <= $4 - sum(f.least) OVER () THEN 1 ELSE 0 END)::bigint AS quantity_mg
  FROM floors f JOIN herbs h ON h.id = f.herb_id
 ORDER BY f.seq
