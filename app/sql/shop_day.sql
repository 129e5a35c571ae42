-- What day it is in the shop.
SELECT shop_today($1::bigint) AS today
