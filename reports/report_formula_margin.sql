-- What the herbs of each classic formula, as the source doses it, cost the shop and sell for: raw herbs, the cheapest first item the
-- shop keeps. Cost is the average of the lots that may be used today, by what lies there; empty where none lies there.
SELECT formula, formula_hanzi, herb, herb_hanzi, sku, dose_mg, state, cost_cents, price_cents,
       CASE WHEN cost_cents IS NOT NULL THEN price_cents - cost_cents END AS margin_cents
  FROM formula_costs($1, $2)
 ORDER BY formula COLLATE "und-x-icu", formula_id, seq
