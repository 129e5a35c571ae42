-- The import's prices; where it does not say what a price is for, that stays. What stood there before goes to import_rows.before.
WITH coming AS (
    SELECT r.line, i.id, i.price_cents AS was_cents, i.price_per_quantity AS was_per, x.price_cents,
           coalesce(x.per_mg, x.per_pieces, i.price_per_quantity) AS per
      FROM import_rows r
     CROSS JOIN LATERAL jsonb_to_record(r.cells) x (sku text, price_cents bigint, per_mg bigint, per_pieces bigint)
      JOIN items i ON i.shop_id = r.shop_id AND i.sku = x.sku
     WHERE r.shop_id = $1::bigint AND r.import_id = $2::bigint
), changed AS (
    UPDATE items i SET price_cents = n.price_cents, price_per_quantity = n.per
      FROM coming n WHERE i.shop_id = $1::bigint AND i.id = n.id
)
UPDATE import_rows r SET before = jsonb_build_object('item_id', n.id, 'price_cents', n.was_cents, 'per', n.was_per,
                                                     'new_cents', n.price_cents, 'new_per', n.per)
  FROM coming n
 WHERE r.shop_id = $1::bigint AND r.import_id = $2::bigint AND r.line = n.line
