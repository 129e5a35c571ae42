-- Which of these line numbers a count has.
SELECT n AS line_no, EXISTS (SELECT FROM count_lines l WHERE l.shop_id = $1 AND l.count_id = $2 AND l.line_no = n) AS known
  FROM unnest($3::bigint[]) WITH ORDINALITY g (n, at)
 ORDER BY at
