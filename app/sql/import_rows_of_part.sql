-- The rows of a part as they were read, cells in the order of the names $4, each ended by the character 1F; without a value empty.
SELECT r.line, r.sheet, r.row_no,
       (SELECT string_agg(replace(coalesce(r.cells ->> n.name, ''), E'\x1f', ' ') || E'\x1f', '' ORDER BY n.at)
          FROM unnest($4::text[]) WITH ORDINALITY n (name, at)) AS joined
  FROM import_rows r
 WHERE r.shop_id = $1::bigint AND r.import_id = $2 AND r.part = $3
 ORDER BY r.line
