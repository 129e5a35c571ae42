-- A scale in use, by its code: where it is and what it weighs.
SELECT id, code, uri, protocol, unit, asks, capacity_mg AS capacity, minimum_mg AS minimum, resolution_mg AS resolution
  FROM scales WHERE shop_id = $1 AND code = $2 AND removed_at IS NULL
