-- A frozen label's lists of sentences, list by list: directions, warnings, and those of work sheets under `lists`.
SELECT k.name, e.line ->> 'text' AS text, coalesce(e.line ->> 'english', '') AS english, coalesce(e.line ->> 'field', '') AS field,
       coalesce(e.line ->> 'heading', '') AS heading
  FROM (SELECT name, value FROM jsonb_each(coalesce(nullif($1::jsonb -> 'lists', 'null'), '{}')) AS l (name, value)
        UNION ALL SELECT 'directions', $1::jsonb -> 'directions'
        UNION ALL SELECT 'warnings', $1::jsonb -> 'warnings') k
 CROSS JOIN LATERAL jsonb_array_elements(coalesce(nullif(k.value, 'null'), '[]')) WITH ORDINALITY AS e (line, n)
 ORDER BY k.name, e.n
