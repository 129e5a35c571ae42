-- A frozen label's sentences: $2 is directions or warnings.
SELECT e.line ->> 'text' AS text, e.line ->> 'english' AS english
  FROM jsonb_array_elements(coalesce(nullif($1::jsonb -> $2::text, 'null'), '[]')) WITH ORDINALITY AS e (line, n)
 ORDER BY e.n
