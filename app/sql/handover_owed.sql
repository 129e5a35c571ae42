-- Whether the shop hands over only what is paid or vouched for, and this order is neither.
SELECT s.handover_needs_payment AND o.payment = 'unpaid' AS owed
  FROM orders o
  JOIN sale_settings_now s ON s.shop_id = o.shop_id
 WHERE o.shop_id = $1 AND o.id = $2
