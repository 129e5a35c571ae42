-- Takes the ticket's row lock, the first lock of every change. A finished ticket is not there to be changed, so it gives no row.
SELECT id, state, coalesce(patient_id, 0) AS patient_id, coalesce(customer_group, '') AS customer_group,
       coalesce(quote_no, 0)::bigint AS quote_no
  FROM tickets
 WHERE shop_id = $1 AND id = $2
   FOR NO KEY UPDATE
