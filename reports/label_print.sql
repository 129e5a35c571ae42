-- Counts a print of each paper of a list ($2 of what $3 says, with the contents $5) and keeps what it said. With $6 the first copy's
-- content stands for every later one (PRODUCT law 9).
INSERT INTO printed_labels (shop_id, order_id, prescription_id, lot_id, location_id, ticket_id, count_id, kind, copy_no, content, printed_by)
SELECT $1::bigint, CASE $3::text WHEN 'order' THEN p.id END, CASE $3 WHEN 'prescription' THEN p.id END,
       CASE $3 WHEN 'lot' THEN p.id END, CASE $3 WHEN 'drawer' THEN p.id END, CASE $3 WHEN 'ticket' THEN p.id END, CASE $3 WHEN 'count' THEN p.id END, $4::text,
       coalesce(last.copy_no, 0) + row_number() OVER (PARTITION BY p.id), coalesce(first.content, p.content::jsonb), $7::bigint
  FROM unnest($2::bigint[], $5::text[]) AS p (id, content)
  LEFT JOIN printed_labels first ON first.shop_id = $1 AND first.about = $3 AND first.subject_id = p.id AND first.kind = $4
                                AND first.copy_no = 1 AND $6::boolean
  LEFT JOIN LATERAL (SELECT l.copy_no FROM printed_labels l
                      WHERE l.shop_id = $1 AND l.about = $3 AND l.subject_id = p.id AND l.kind = $4
                      ORDER BY l.copy_no DESC LIMIT 1) last ON true
