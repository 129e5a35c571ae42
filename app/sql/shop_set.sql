-- Which shop row-level security shows, until the end of this transaction.
SELECT set_config('yaofang.shop_id', $1, true)
