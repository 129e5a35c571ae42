-- The check of a batch, and what its lot was made of.
WITH origins AS (
    INSERT INTO lot_origins (shop_id, lot_id, origin_lot_id, quantity, how, batch_id)
    SELECT $1, $5, lot_id, sum(quantity_mg)::bigint, 'made', $2 FROM batch_picks WHERE shop_id = $1 AND batch_id = $2 GROUP BY lot_id
)
INSERT INTO batch_checks (shop_id, batch_id, maker_id, checker_id, single_person_mode_id, lot_id, note)
VALUES ($1, $2, $3, $4, $6::bigint, $5, coalesce($7, ''))
