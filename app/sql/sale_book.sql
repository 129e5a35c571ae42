-- Stock leaves with the payment. The arrays run in parallel.
SELECT sale_book($1, $2, $3::bigint[]::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7) AS moves
