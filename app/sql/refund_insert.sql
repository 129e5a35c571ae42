-- A refund; its lines and tenders follow in the same transaction.
INSERT INTO refunds (shop_id, ticket_id, refund_no, kind, reason, note, total_cents, tender_count, receipt_no, session_id,
                     refunded_by)
VALUES ($1, $2, $3::integer, $4, $5, coalesce($6, ''), $7, $8::integer, $9, $10::bigint, $11)
