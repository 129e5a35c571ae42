-- What came of a batch, and what was lost: together what went in.
INSERT INTO batch_makings (shop_id, batch_id, maker_id, used_mg, yield_quantity, piece_mg, loss_mg, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce($8, ''))
