-- Takes a delivery back: every move of it the other way, as moves of their own, and the delivery is marked.
WITH undone AS (
    UPDATE receipts SET undone_at = now(), undone_by = $3 WHERE shop_id = $1 AND id = $2 AND undone_at IS NULL RETURNING id
)
SELECT stock_book($1, array_agg(m.lot_id), array_agg(m.to_location_id), array_agg(m.from_location_id), array_agg(m.quantity),
                  'returned_to_supplier', NULL, $2, 'delivery undone: ' || $4::text, $3::bigint) AS moves
  FROM undone u JOIN stock_moves m ON m.shop_id = $1 AND m.receipt_id = u.id AND m.reason = 'received'
