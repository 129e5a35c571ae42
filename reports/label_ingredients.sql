-- A frozen label's ingredients, in their order.
SELECT x.* FROM jsonb_array_elements(coalesce(nullif($1::jsonb -> 'ingredients', 'null'), '[]')) WITH ORDINALITY AS e (herb, n)
  CROSS JOIN LATERAL jsonb_to_record(e.herb) AS x (hanzi text, pinyin text, english text, latin text, preparation text, handling text,
       packet bigint, total bigint, drawer text, lot text, expires_on date, supplier text, planned bigint)
 ORDER BY e.n
