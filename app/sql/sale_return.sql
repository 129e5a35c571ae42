-- The goods of a refund come back, or go to loss.
SELECT sale_return($1, $2, $3::integer, $4) AS moves
