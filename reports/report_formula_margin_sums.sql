-- The same by formula: complete where the shop keeps and has every herb.
SELECT formula, formula_hanzi, count(*) AS herbs, count(*) FILTER (WHERE state <> 'ok') AS missing, sum(dose_mg)::bigint AS dose_mg,
       CASE WHEN bool_and(state = 'ok') THEN sum(cost_cents)::bigint END AS cost_cents,
       CASE WHEN bool_and(price_cents IS NOT NULL) THEN sum(price_cents)::bigint END AS price_cents,
       CASE WHEN bool_and(state = 'ok') THEN sum(price_cents - cost_cents)::bigint END AS margin_cents
  FROM formula_costs($1, $2)
 GROUP BY formula_id, formula, formula_hanzi
 ORDER BY formula COLLATE "und-x-icu", formula_id
