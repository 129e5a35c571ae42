-- The item that fills each line of a draft (herbs $3, preparations $4, crude weights $5) in dosage form $2, as an order would
-- choose it, or the item said ($6, 0: none), with its ratio and what of it may be used today; item_id 0 where the shop keeps none.
SELECT w.no, coalesce(t.id, 0) AS item_id, t.sku, t.name, coalesce(t.ratio_numerator, 0) AS ratio_numerator,
       coalesce(t.ratio_denominator, 1) AS ratio_denominator, coalesce(t.item_kind = 'product', false) AS from_shelf,
       CASE WHEN t.item_kind IS DISTINCT FROM 'product' THEN 0 WHEN t.unit = 'mg' THEN 1 ELSE coalesce(t.content_mg, 0) END::bigint AS content_mg,
       coalesce((SELECT sum(b.quantity) FROM lots l
                   JOIN balances b ON b.shop_id = l.shop_id AND b.lot_id = l.id AND b.internal
                   JOIN locations p ON p.shop_id = b.shop_id AND p.id = b.location_id
                  WHERE l.shop_id = $1 AND l.item_id = t.id AND l.in_stock
                    AND lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today($1)), (SELECT shop_today($1))) IS NULL),
                0)::bigint AS on_hand_mg
  FROM unnest($3::text[], $4::text[], $5::bigint[], $6::bigint[]) WITH ORDINALITY
       AS w (herb_id, processing, crude_mg, said_id, no)
  LEFT JOIN items t ON t.shop_id = $1::bigint
                   AND t.id = coalesce(nullif(w.said_id, 0), item_for($1, $2::text, w.herb_id, w.processing, w.crude_mg))
 ORDER BY w.no
