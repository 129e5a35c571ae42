-- Locks the lots in stock of a batch's ingredients, or those picked for it, in id order as every booking does.
SELECT count(*) AS lots
  FROM (SELECT l.id FROM lots l
         WHERE l.shop_id = $1
           AND (l.id IN (SELECT p.lot_id FROM batch_picks p WHERE p.shop_id = $1 AND p.batch_id = $2)
                OR (l.in_stock AND l.item_id IN (SELECT n.item_id FROM batch_lines n WHERE n.shop_id = $1 AND n.batch_id = $2)))
         ORDER BY l.id FOR NO KEY UPDATE) locked
