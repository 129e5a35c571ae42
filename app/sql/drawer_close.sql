-- The closing of a drawer, with what was counted of each coin and note ($8, $9 run in parallel).
WITH closing AS (
    INSERT INTO cash_closings (shop_id, session_id, expected_cents, counted_cents, limit_cents, note, closed_by, approved_by,
                               single_person_mode_id)
    VALUES ($1, $2, $3, $4, $5, coalesce($6, ''), $7, $10::bigint, $11::bigint)
), counts AS (
    INSERT INTO cash_counts (shop_id, session_id, count_no, denomination_cents, pieces)
    SELECT $1, $2, n, denomination, pieces FROM unnest($8::bigint[], $9::bigint[]) WITH ORDINALITY c (denomination, pieces, n)
)
UPDATE cash_sessions SET closed = true WHERE shop_id = $1 AND id = $2
