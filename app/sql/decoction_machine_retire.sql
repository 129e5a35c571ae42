-- A machine that is not used any more; one that is busy is not retired.
UPDATE decoction_machines m SET retired_at = now()
 WHERE m.shop_id = $1 AND m.id = $2 AND m.retired_at IS NULL
   AND NOT EXISTS (SELECT FROM decoction_runs r WHERE r.shop_id = m.shop_id AND r.machine_id = m.id AND r.ended_at IS NULL)
