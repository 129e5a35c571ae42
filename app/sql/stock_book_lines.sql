-- The moves of a document other than an order's check or a delivery: the only door to the ledger is stock_book_for.
SELECT stock_book_for($1, $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6, $7::text, $8::bigint, $9, $10::bigint) AS moves
