-- One page for each herb asked for in $2, in the order of their names.
SELECT h.id AS key, left(initcap(h.pinyin_plain) || ' ' || h.hanzi, 31) AS name, h.english AS summary
  FROM herbs h
 WHERE h.id IN (SELECT a.herb_id FROM herbs_asked($2) a) AND $1::bigint IS NOT NULL
 ORDER BY h.pinyin_plain, h.id
