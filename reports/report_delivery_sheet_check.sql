-- What is wrong with the purchase order of a delivery to fill in.
SELECT 'purchase_order' AS field, $2::bigint::text AS value, 'is no purchase order of this shop that was sent' AS rule
 WHERE $2::bigint IS NOT NULL
   AND NOT EXISTS (SELECT FROM purchase_orders o
                    WHERE o.shop_id = $1::bigint AND o.id = $2::bigint AND o.state IN ('sent', 'part_received', 'received'))
