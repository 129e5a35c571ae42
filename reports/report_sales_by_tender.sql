-- Money by how it came and went: must come to the same total as the sales.
SELECT k.english AS tender, k.hanzi AS tender_hanzi, sum(m.came)::bigint AS came_cents, sum(m.went)::bigint AS went_cents,
       sum(m.came - m.went)::bigint AS kept_cents
  FROM (SELECT t.kind, t.amount_cents AS came, 0 AS went, y.paid_at AS at
          FROM payments y JOIN tenders t ON t.shop_id = y.shop_id AND t.ticket_id = y.ticket_id WHERE y.shop_id = $1
         UNION ALL
        SELECT t.kind, 0, t.amount_cents, r.refunded_at
          FROM refunds r JOIN refund_tenders t ON t.shop_id = r.shop_id AND t.ticket_id = r.ticket_id AND t.refund_no = r.refund_no
         WHERE r.shop_id = $1) m
  JOIN tender_kinds k ON k.kind = m.kind
  JOIN shops s ON s.id = $1
 WHERE (m.at AT TIME ZONE s.time_zone)::date BETWEEN coalesce($2::date, '-infinity') AND coalesce($3::date, 'infinity')
 GROUP BY k.kind ORDER BY k.kind
