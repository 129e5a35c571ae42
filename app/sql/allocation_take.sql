-- Locks the order's lots and reserves what its lines want of them, all or nothing (schema/0068 says how).
SELECT order_reserve($1, $2, $3::integer, $4::date, $5::date, $6::timestamptz)
