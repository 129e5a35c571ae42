-- Where goods lie in the shop, to look its places up beside a delivery to fill in; $2 is not looked at.
SELECT code, name, kind FROM locations
 WHERE shop_id = $1::bigint AND internal AND kind NOT IN ('transit', 'making') AND $2::bigint IS NOT DISTINCT FROM $2::bigint
 ORDER BY code
