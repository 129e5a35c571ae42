-- Tickets, the newest first: of one state, of one customer, from one page on, or those a text may mean: the number of a ticket or of
-- a receipt, or a part of the customer's name or code; what they came to where that is known. A number's bounds keep it to the key.
WITH meant AS MATERIALIZED (
    SELECT n.id FROM (SELECT CASE WHEN trim($6::text) ~ '^#?[0-9]{1,15}$' THEN ltrim(trim($6::text), '#')::bigint END AS id) n WHERE n.id IS NOT NULL
    UNION ALL
    SELECT r.ticket_id FROM sale_receipts r
     WHERE r.shop_id = $1 AND r.receipt_no = CASE WHEN trim($6::text) ~ '^#?[0-9]{1,15}$' THEN ltrim(trim($6::text), '#')::bigint END
)
SELECT t.id, t.state, t.patient_id, p.code AS patient_code, trim(p.given_name || ' ' || p.family_name) AS patient_name,
       t.customer_group, q.total_cents, y.receipt_no, y.paid_at, u.display_name AS created_by, t.created_at,
       (SELECT count(*) FROM ticket_lines l WHERE l.shop_id = t.shop_id AND l.ticket_id = t.id AND l.removed_at IS NULL) AS lines
  FROM tickets t
  JOIN users u ON u.shop_id = t.shop_id AND u.id = t.created_by
  LEFT JOIN patients p ON p.shop_id = t.shop_id AND p.id = t.patient_id
  LEFT JOIN quotes q ON q.shop_id = t.shop_id AND q.ticket_id = t.id AND q.quote_no = t.quote_no AND t.state <> 'open'
  LEFT JOIN payments y ON y.shop_id = t.shop_id AND y.ticket_id = t.id
 WHERE t.shop_id = $1 AND ($2::text IS NULL OR t.state = $2) AND ($4::bigint IS NULL OR t.patient_id = $4::bigint)
   AND ($5::bigint IS NULL OR t.id < $5::bigint)
   AND t.id >= coalesce((SELECT min(m.id) FROM meant m), 0)
   AND t.id <= coalesce((SELECT max(m.id) FROM meant m), 9223372036854775807)
   AND ($6::text IS NULL OR t.id IN (SELECT m.id FROM meant m)
        OR NOT EXISTS (SELECT FROM meant)
           AND t.patient_id IN (SELECT a.id FROM patients a WHERE a.shop_id = $1
                                   AND strpos(lower(concat_ws(' ', a.given_name, a.family_name, a.name_hanzi, a.code)), lower(trim($6))) > 0))
 ORDER BY t.id DESC
 LIMIT least(coalesce($3::bigint, 100), 1000)
