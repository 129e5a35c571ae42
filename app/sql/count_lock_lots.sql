-- Locks the lots of a count's lines ($3, NULL: all) in id order, as stock_book does: nothing is booked of them until this
-- transaction ends.
SELECT count(*) AS lots
  FROM (SELECT l.id FROM lots l
         WHERE l.shop_id = $1 AND l.id IN (SELECT n.lot_id FROM count_lines n WHERE n.shop_id = $1 AND n.count_id = $2
                                              AND ($3::bigint[] IS NULL OR n.line_no = ANY ($3::bigint[])))
         ORDER BY l.id FOR NO KEY UPDATE) locked
