-- What the shop has that could be taken for a course of $2 days from today in place of herbs $5: they and their preparations in every form,
-- and ready-made products of a formula with one of them; with what is free of lots that outlive the course ($4: what is set aside
-- for that order is free for it). Herbs in a form of $3 first, as an order would choose.
WITH near AS MATERIALIZED (
    SELECT t.id, t.sku, t.name, t.item_kind, t.herb_id, coalesce(t.preparation, '') AS preparation, NULL::text AS formula_id,
           t.ratio_numerator, t.ratio_denominator, t.unit, t.content_mg
      FROM items t
     WHERE t.shop_id = $1::bigint AND t.herb_id = ANY ($5::text[])
    UNION ALL
    SELECT t.id, t.sku, t.name, t.item_kind, t.herb_id, coalesce(t.preparation, ''), r.formula_id, t.ratio_numerator, t.ratio_denominator,
           t.unit, t.content_mg
      FROM products r
      JOIN items t ON t.shop_id = $1::bigint AND t.product_id = r.id
     WHERE r.external = 'no' AND r.formula_id IN (SELECT i.formula_id FROM formula_items i WHERE i.herb_id = ANY ($5::text[]))
), free AS MATERIALIZED (
    SELECT l.item_id,
           sum(greatest(0, b.quantity
                           - coalesce((SELECT sum(v.quantity) FROM reservations v
                                        WHERE v.shop_id = $1 AND v.lot_id = l.id AND v.location_id = b.location_id
                                          AND v.ended_at IS NULL AND v.expires_at > now()
                                          AND v.order_id IS DISTINCT FROM $4::bigint), 0))) AS quantity
      -- OFFSET 0: always by index, lot by lot, whatever plan a young table would suggest.
      FROM near n
     CROSS JOIN LATERAL (SELECT * FROM lots WHERE shop_id = $1 AND item_id = n.id AND in_stock OFFSET 0) l
     CROSS JOIN LATERAL (SELECT location_id, quantity FROM balances
                          WHERE shop_id = $1 AND lot_id = l.id AND internal AND quantity > 0 OFFSET 0) b
     CROSS JOIN LATERAL (SELECT kind FROM locations WHERE shop_id = $1 AND id = b.location_id OFFSET 0) p
     WHERE lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today($1)),
                          (SELECT shop_today($1)) + $2::integer) IS NULL
     GROUP BY l.item_id
)
SELECT t.id AS item_id, t.sku, t.name, t.item_kind, t.herb_id, t.preparation, t.formula_id, t.ratio_numerator, t.ratio_denominator, t.unit,
       coalesce(t.content_mg, 0) AS content_mg, coalesce(f.quantity, 0)::bigint AS free
  FROM near t
  LEFT JOIN free f ON f.item_id = t.id
 ORDER BY t.item_kind = ANY (form_item_kinds($3::text)) DESC, t.id
