-- The lines of a transfer that are named, with what is still on its way: of our own ($2 NULL), or of another shop that sent it to
-- us. item_id is our item of that SKU, or the one we name; same_goods whether it is what was sent, as far as the line tells:
-- the database's transfer_goods_same looks at the sender's item, which we may not.
SELECT coalesce(t.shop_id, 0) AS shop_id, coalesce(t.to_shop_id, 0) AS to_shop_id, coalesce(t.lot_id, 0) AS lot_id,
       coalesce(t.open_quantity, 0) AS open, coalesce(i.id, 0) AS item_id, coalesce(p.id, 0) AS location_id,
       p.retired_at IS NOT NULL AS place_retired,
       coalesce(transfer_goods_same(t.shop_id, t.transfer_id, t.line_no, i.id), false) AS same_goods,
       coalesce(t.sku, '') AS sku, coalesce(t.unit, '') AS unit, coalesce(t.lot_code, '') AS lot_code
  FROM unnest($4::bigint[], $5::text[], $6::text[]) WITH ORDINALITY n (line_no, location, sku, at)
  LEFT JOIN transfer_lines t ON t.transfer_id = $3 AND t.line_no = n.line_no
       AND CASE WHEN $2::text IS NULL THEN t.shop_id = $1
                ELSE t.to_shop_id = $1 AND t.shop_id = (SELECT s.id FROM shop_list() s WHERE s.slug = $2::text) END
  LEFT JOIN items i ON i.shop_id = $1 AND i.sku = coalesce(n.sku, t.sku)
  LEFT JOIN locations p ON p.shop_id = $1 AND p.code = n.location AND p.internal AND p.kind NOT IN ('transit', 'making')
 ORDER BY n.at
