-- What became of a card. `counted` is true once per card: for its first outcome. The same outcome again, and an outcome that
-- somebody else sends at the same moment, meet at the keys.
WITH first AS (
    INSERT INTO cds_feedback (shop_id, card, outcome, reason_system, reason_code, comment, suggestions, outcome_at, counted)
    VALUES ($1, $2::uuid, $3, $4, $5, $6, $7::uuid[], $8::timestamptz, true)
    ON CONFLICT DO NOTHING
    RETURNING counted
), later AS (
    INSERT INTO cds_feedback (shop_id, card, outcome, reason_system, reason_code, comment, suggestions, outcome_at, counted)
    SELECT $1, $2::uuid, $3, $4, $5, $6, $7::uuid[], $8::timestamptz, false
     WHERE NOT EXISTS (SELECT FROM first)
    ON CONFLICT DO NOTHING
)
SELECT EXISTS (SELECT FROM first) AS counted
