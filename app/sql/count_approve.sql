-- The acting person accepts what was counted last of these lines. Twice is once.
INSERT INTO count_approvals (shop_id, count_id, line_no, entry_no, counted_by, approved_by)
SELECT DISTINCT ON (e.line_no) $1, $2, e.line_no, e.entry_no, e.counted_by, $4
  FROM count_entries e
 WHERE e.shop_id = $1 AND e.count_id = $2 AND e.line_no = ANY ($3::bigint[])
 ORDER BY e.line_no, e.entry_no DESC
    ON CONFLICT DO NOTHING
