-- Takes the order's row lock, the first lock of every step. A finished order is not there to be updated, so it gives no row.
SELECT id, prescription_id, version, patient_id, state, coalesce(allocation_no, 0) AS allocation_no,
       stopped_state IS NOT NULL AS stopped, packets::bigint AS packets, decocts
  FROM orders
 WHERE shop_id = $1 AND id = $2
   FOR NO KEY UPDATE
