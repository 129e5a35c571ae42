-- What is wrong with count sheets that came in: another or no open count, lines it does not have, lines twice, units that do not suit.
INSERT INTO import_faults (shop_id, import_id, line, column_name, value, rule)
SELECT r.shop_id, r.import_id, r.line, f.column_name, f.value, f.rule
  FROM (SELECT *, min(cells ->> 'count_no') OVER () AS first_count,
               count(*) OVER (PARTITION BY cells ->> 'count_no', cells ->> 'line_no') AS same
          FROM import_rows WHERE shop_id = $1::bigint AND import_id = $2::bigint) r
  LEFT JOIN counts c ON c.shop_id = r.shop_id AND c.id = (r.cells ->> 'count_no')::bigint AND c.state = 'open'
  LEFT JOIN count_lines n ON n.shop_id = r.shop_id AND n.count_id = c.id AND n.line_no = (r.cells ->> 'line_no')::bigint
  LEFT JOIN lots l ON l.shop_id = n.shop_id AND l.id = n.lot_id
  LEFT JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
 CROSS JOIN LATERAL (VALUES
       ('count_no', r.cells ->> 'count_no', 'is no count of this shop that is open', r.cells ->> 'count_no' IS NOT NULL AND c.id IS NULL),
       ('count_no', r.cells ->> 'count_no', 'is another count than in the rows above', r.cells ->> 'count_no' <> r.first_count),
       ('line_no', r.cells ->> 'line_no', 'is no line of this count', c.id IS NOT NULL AND n.line_no IS NULL),
       ('line_no', r.cells ->> 'line_no', 'stands in another row too: add up what lies there', r.same > 1),
       ('counted_pieces', r.cells ->> 'counted_pieces', 'does not suit the item: it is kept by weight',
        i.unit = 'mg' AND r.cells ->> 'counted_pieces' IS NOT NULL),
       ('counted_mg', r.cells ->> 'counted_mg', 'does not suit the item: it is counted in pieces',
        i.unit = 'each' AND r.cells ->> 'counted_mg' IS NOT NULL),
       ('note', r.cells ->> 'note', 'is at most 200 characters', length(r.cells ->> 'note') > 200)) f (column_name, value, rule, wrong)
 WHERE f.wrong
