-- A batch of faults. Line 0 is the file as a whole: then `place` says where.
INSERT INTO import_faults (shop_id, import_id, line, column_name, place, value, rule)
SELECT $1, $2, nullif(f.line, 0), f.column_name, f.place, f.value, f.rule
  FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[]) f (line, column_name, place, value, rule)
