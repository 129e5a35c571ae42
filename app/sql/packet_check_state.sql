-- How far an order's packets have been weighed again.
SELECT wanted::bigint AS wanted, done::bigint AS done, off::bigint AS off, total_wanted, total_done
  FROM packet_check_state WHERE shop_id = $1 AND order_id = $2
