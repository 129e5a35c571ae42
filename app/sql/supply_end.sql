-- What is still owed of the supply of an order is not wanted.
UPDATE supplies s SET ended_reason = $4, ended_note = coalesce($5, ''), ended_by = $3, ended_at = now()
  FROM orders o
 WHERE o.shop_id = $1 AND o.id = $2 AND s.shop_id = o.shop_id AND s.prescription_id = o.prescription_id AND s.version = o.version
   AND s.supply_no = o.supply_no AND s.packets_ordered < s.packets AND s.ended_at IS NULL
