-- Whether something new may name a supplier.
SELECT retired_at IS NOT NULL AS retired FROM suppliers WHERE shop_id = $1 AND code = $2
