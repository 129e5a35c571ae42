-- The names herbs and formulas go by in a prescription, retired ones too: by kind, then id in byte order.
SELECT kind, id, typed
  FROM (SELECT 'formula' AS kind, id::text, pinyin AS typed FROM formulas
        UNION ALL
        SELECT 'herb', id::text, pinyin FROM herbs) n
 ORDER BY kind, id COLLATE "C"
