-- A packet weighed again.
INSERT INTO packet_checks (shop_id, order_id, packet_no, attempt_no, planned, weighed, tolerance_permille, reading_id, checked_by)
VALUES ($1, $2, $3::integer, $4::integer, $5, $6, $7::integer, $8::bigint, $9)
