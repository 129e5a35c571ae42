-- One page for each formula asked for in $2, in the order of their names.
SELECT f.id AS key, left(initcap(f.pinyin_plain) || ' ' || f.hanzi, 31) AS name, f.english AS summary
  FROM formulas f
 WHERE f.id IN (SELECT a.formula_id FROM formulas_asked($2) a) AND $1::bigint IS NOT NULL
 ORDER BY f.pinyin_plain, f.id
