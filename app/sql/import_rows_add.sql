-- A batch of rows as read: each element of $8 is the array of a row's cells, in the order of the names $5.
INSERT INTO import_rows (shop_id, import_id, part, sheet, line, row_no, cells)
SELECT $1, $2, $3, $4, r.line, r.row_no, jsonb_object($5::text[], r.cells::text[])
  FROM unnest($6::bigint[], $7::bigint[], $8::text[]) r (line, row_no, cells)
