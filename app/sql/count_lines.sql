-- The sheet of a count.
SELECT * FROM count_sheet($1, $2) ORDER BY line_no
