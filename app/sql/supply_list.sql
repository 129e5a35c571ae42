-- What came from whom: the items of a supplier, or the suppliers of an item; with how many lots, and the newest with its cost. Either way
-- of asking is a branch of its own, so that each goes by its own index whatever plan is kept.
SELECT s.id AS supplier_id, s.code AS supplier, s.name AS supplier_name, s.name_hanzi AS supplier_name_hanzi, i.id AS item_id, i.sku, i.name, i.name_hanzi, i.unit, d.lots,
       l.id AS lot_id, l.lot_code, l.received_at, l.cost_cents, l.cost_quantity
  FROM (SELECT supplier_id, item_id, count(*) AS lots, max(id) AS newest
          FROM (SELECT supplier_id, item_id, id FROM lots
                 WHERE shop_id = $1 AND item_id = $3::bigint AND ($2::bigint IS NULL OR supplier_id = $2::bigint)
                 UNION ALL
                SELECT supplier_id, item_id, id FROM lots WHERE shop_id = $1 AND $3::bigint IS NULL AND supplier_id = $2::bigint) each
         GROUP BY supplier_id, item_id) d
  JOIN lots l ON l.shop_id = $1 AND l.id = d.newest
  JOIN suppliers s ON s.shop_id = $1 AND s.id = d.supplier_id
  JOIN items i ON i.shop_id = $1 AND i.id = d.item_id
 ORDER BY l.received_at DESC, l.id DESC
 LIMIT least(coalesce($4::bigint, 200), 1000)
