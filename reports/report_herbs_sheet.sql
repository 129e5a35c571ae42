-- The columns of new items to fill in; it has no rows of its own.
SELECT NULL AS sku, NULL AS item_kind, NULL AS herb, NULL AS name, NULL AS name_hanzi, NULL AS preparation,
       NULL::bigint AS price_cents, NULL::bigint AS price_per_mg, NULL AS ratio, NULL AS unit, NULL AS home,
       NULL::bigint AS reorder_mg, NULL::bigint AS reorder_pieces
 WHERE $1::bigint IS NULL
