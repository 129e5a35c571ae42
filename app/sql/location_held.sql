-- What ties a place: the lots that lie there and the items that belong there. Lots are found from those in stock, as location_lots
-- finds them.
SELECT (SELECT count(*) FROM lots l
         WHERE l.shop_id = $1 AND l.in_stock
           AND EXISTS (SELECT FROM balances b WHERE b.shop_id = $1 AND b.lot_id = l.id AND b.location_id = $2 AND b.quantity > 0)) AS lots,
       (SELECT count(*) FROM items i WHERE i.shop_id = $1 AND i.home_location_id = $2 AND i.retired_at IS NULL) AS items
