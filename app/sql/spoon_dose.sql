-- A dose of an order in half level spoons by the measure that counts for it; NULL when it has to be weighed, no row without a measure.
-- For the label: "1 dose = 2 level spoons".
SELECT s.spoon, s.spoons::bigint AS spoons, s.weighed, half_spoons($3, s.spoons, s.weighed) AS half_spoons
  FROM order_spoons s WHERE s.shop_id = $1 AND s.order_id = $2
