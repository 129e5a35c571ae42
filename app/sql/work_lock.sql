-- A piece of work, locked for this transaction: a finished one is not there to be updated, so it gives no row.
SELECT w.id, w.patient_id, w.prescription_id, coalesce(w.taken_by, 0) AS taken_by, u.display_name AS taker
  FROM work_items w
  LEFT JOIN users u ON u.shop_id = w.shop_id AND u.id = w.taken_by
 WHERE w.shop_id = $1::bigint AND w.id = $2::bigint
   FOR NO KEY UPDATE OF w
