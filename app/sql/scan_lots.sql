-- The lots of an item under a lot code, whoever supplied them, with what lies where.
SELECT l.id, l.lot_code, l.expires_on, l.status, s.code AS supplier,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('location', p.code, 'quantity', b.quantity) ORDER BY p.code), '[]')
          FROM balances b JOIN locations p ON p.shop_id = b.shop_id AND p.id = b.location_id
         WHERE b.shop_id = l.shop_id AND b.lot_id = l.id AND b.internal AND b.quantity > 0) AS lies
  FROM lots l JOIN suppliers s ON s.shop_id = l.shop_id AND s.id = l.supplier_id
 WHERE l.shop_id = $1 AND l.item_id = $2 AND l.lot_code = $3
 ORDER BY l.id
