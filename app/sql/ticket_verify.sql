-- Where the books of the counter do not agree.
SELECT ticket_id, what FROM sale_differences WHERE shop_id = $1 ORDER BY ticket_id, what
