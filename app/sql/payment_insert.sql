-- The payment of a ticket's quote; its tenders follow in the same transaction, and must come to the total when that ends.
INSERT INTO payments (shop_id, ticket_id, quote_no, total_cents, tender_count, receipt_no, session_id, paid_by)
VALUES ($1, $2, $3::integer, $4, $5::integer, $6, $7::bigint, $8)
