-- The acting person accepts exactly this weight of a reserved lot. Twice is once.
INSERT INTO weighing_approvals (shop_id, order_id, allocation_no, line_no, lot_id, location_id, weighed, approved_by, note)
VALUES ($1, $2, $3::integer, $4::integer, $5, $6, $7, $8, coalesce($9, ''))
    ON CONFLICT DO NOTHING
