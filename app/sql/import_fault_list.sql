-- What is wrong with a file, in its order: where, what stood there, and the rule.
SELECT coalesce(f.place, format('sheet %s row %s column %s (%s)', r.sheet, r.row_no,
                                coalesce(i.layout -> r.part ->> f.column_name, '?'), f.column_name)) AS place,
       coalesce(f.value, '') AS value, f.rule, r.sheet, r.row_no, i.layout -> r.part ->> f.column_name AS letter,
       f.column_name, coalesce(f.line, 0) AS line
  FROM import_faults f
  JOIN imports i ON i.shop_id = f.shop_id AND i.id = f.import_id
  LEFT JOIN import_rows r ON r.shop_id = f.shop_id AND r.import_id = f.import_id AND r.line = f.line
 WHERE f.shop_id = $1::bigint AND f.import_id = $2
 ORDER BY f.line NULLS FIRST, length(i.layout -> r.part ->> f.column_name), i.layout -> r.part ->> f.column_name, f.id LIMIT $3
