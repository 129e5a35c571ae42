-- The payment of the orders of a ticket, after it was paid or refunded.
SELECT sale_settle_orders($1, $2) AS changed
