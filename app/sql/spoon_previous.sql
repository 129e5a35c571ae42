-- The measure a new one is compared with: of the same order, or of the same item's other lots; the newest with the same spoon.
SELECT m.id, m.spoons::bigint AS spoons, m.weighed, coalesce(l.lot_code, '') AS lot_code
  FROM spoon_measures m
  LEFT JOIN lots l ON l.shop_id = m.shop_id AND l.id = m.lot_id
 WHERE m.shop_id = $1 AND m.spoon = $4
   AND CASE WHEN $2::bigint IS NULL THEN m.order_id = $3::bigint
            ELSE l.item_id = (SELECT n.item_id FROM lots n WHERE n.shop_id = $1 AND n.id = $2::bigint) END
 ORDER BY m.id DESC LIMIT 1
