-- A call to a patient of a recall that is not ended, and what came of it. No row when there is no such recall or patient.
INSERT INTO recall_calls (shop_id, recall_id, patient_id, status, note, called_by)
SELECT $1, r.id, p.id, $4, coalesce($5, ''), $6
  FROM recalls r JOIN patients p ON p.shop_id = $1 AND p.id = $3
 WHERE r.shop_id = $1 AND r.id = $2 AND r.ended_at IS NULL
RETURNING id
