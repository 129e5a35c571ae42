-- A delivery with its row lock, and its lots, in id order, with theirs.
WITH receipt AS (
    SELECT id, coalesce(purchase_order_id, 0) AS purchase_order_id, undone_at IS NOT NULL AS undone
      FROM receipts WHERE shop_id = $1 AND id = $2 FOR NO KEY UPDATE
), locked AS (
    SELECT l.id FROM lots l
     WHERE l.shop_id = $1 AND l.id IN (SELECT lot_id FROM stock_moves WHERE shop_id = $1 AND receipt_id = $2)
     ORDER BY l.id FOR NO KEY UPDATE
)
SELECT id, purchase_order_id, undone, (SELECT count(*) FROM locked) AS lots FROM receipt
