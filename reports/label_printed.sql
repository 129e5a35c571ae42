-- The newest copy of what was printed.
SELECT copy_no, content::text AS content FROM printed_labels
 WHERE shop_id = $1 AND order_id = $2 AND kind = $3
 ORDER BY copy_no DESC LIMIT 1
