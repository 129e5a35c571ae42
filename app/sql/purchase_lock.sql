-- A purchase order with its row lock: two deliveries for it are booked one after the other.
SELECT o.id, o.state, s.code AS supplier,
       (SELECT count(*) FROM purchase_order_lines l WHERE l.shop_id = $1 AND l.purchase_order_id = o.id AND l.quantity > 0) AS lines
  FROM purchase_orders o JOIN suppliers s ON s.shop_id = o.shop_id AND s.id = o.supplier_id
 WHERE o.shop_id = $1 AND o.id = $2
   FOR NO KEY UPDATE OF o
