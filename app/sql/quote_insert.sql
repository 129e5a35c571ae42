-- A quote: the frozen price of a ticket. Its lines follow in the same transaction.
WITH made AS (
    INSERT INTO quotes (shop_id, ticket_id, quote_no, line_count, list_cents, discount_cents, tax_cents, tax_included, total_cents,
                        quoted_by, expires_at)
    SELECT $1, $2, 1 + coalesce((SELECT max(quote_no) FROM quotes WHERE shop_id = $1 AND ticket_id = $2), 0), $3::integer, $4, $5,
           $6, $7, $8, $9, now() + make_interval(mins => $10::integer)
    RETURNING quote_no, expires_at
)
SELECT quote_no::bigint AS quote_no, expires_at FROM made
