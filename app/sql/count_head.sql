-- What stands above the sheet of a count.
SELECT c.id, c.title, c.blind, c.state, s.name AS shop_name, s.name_hanzi AS shop_name_hanzi,
       to_char(c.created_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI') AS opened_at, u.display_name AS opened_by,
       (SELECT count(*) FROM count_lines n WHERE n.shop_id = c.shop_id AND n.count_id = c.id) AS lines
  FROM counts c
  JOIN shops s ON s.id = c.shop_id
  LEFT JOIN users u ON u.shop_id = c.shop_id AND u.id = c.created_by
 WHERE c.shop_id = $1 AND c.id = $2
