-- The next paper of the shop: the counter's row lock makes payments of a shop take their numbers one after another, and a payment
-- that fails gives its number back with the transaction.
WITH next AS (
    INSERT INTO sale_counters (shop_id, last_receipt_no) VALUES ($1, 1)
    ON CONFLICT (shop_id) DO UPDATE SET last_receipt_no = sale_counters.last_receipt_no + 1
    RETURNING last_receipt_no
)
INSERT INTO sale_receipts (shop_id, receipt_no, kind, ticket_id) SELECT $1, last_receipt_no, $3, $2 FROM next
RETURNING receipt_no
