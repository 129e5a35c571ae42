-- A paper is refused, for a coded reason.
INSERT INTO intake_rejections (shop_id, intake_id, reason, note_needed, note, rejected_by)
SELECT $1, $2, code, note_needed, coalesce($5, ''), $3 FROM order_reasons WHERE use = 'reject_intake' AND code = $4
