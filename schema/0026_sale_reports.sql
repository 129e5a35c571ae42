-- What the reports of sales and of formulas are made of, once for all their sheets.
SET LOCAL ROLE yaofang_owner;

-- What was sold and came back between two days of the shop (NULL: without end), a row a line. See reports/report_sales.sql.
CREATE FUNCTION sale_lines(p_shop_id bigint, p_from date, p_to date)
RETURNS TABLE (day date, at text, receipt_no bigint, ticket_no bigint, seq integer, what text, name text, name_hanzi text,
               category text, sold_by text, quantity_mg bigint, pieces bigint, list_cents bigint, discount_cents bigint,
               net_cents bigint, tax_cents bigint, total_cents bigint, cost_cents bigint)
LANGUAGE sql STABLE AS $$
    WITH shop AS (
        SELECT time_zone FROM shops WHERE id = p_shop_id
    ), sold AS (
        SELECT y.paid_at AS moment, y.receipt_no, y.ticket_id, q.seq, q.kind AS what, q.name, q.name_hanzi, q.tax_category, y.paid_by AS by,
               q.unit, q.quantity, q.list_cents, q.discount_cents, q.tax_cents, q.total_cents,
               CASE q.kind
                   WHEN 'item' THEN (SELECT sum(round(t.quantity::numeric * l.cost_cents / l.cost_quantity)) FROM ticket_lots t
                                       JOIN lots l ON l.shop_id = t.shop_id AND l.id = t.lot_id
                                      WHERE t.shop_id = q.shop_id AND t.ticket_id = q.ticket_id AND t.seq = q.seq)
                   WHEN 'order' THEN coalesce((SELECT sum(round(w.weighed::numeric * l.cost_cents / l.cost_quantity)) FROM orders o
                                                 JOIN weighings w ON w.shop_id = o.shop_id AND w.order_id = o.id
                                                                 AND w.allocation_no = o.allocation_no
                                                 JOIN lots l ON l.shop_id = w.shop_id AND l.id = w.lot_id
                                                WHERE o.shop_id = q.shop_id AND o.id = q.order_id), q.cost_cents)
                   END AS cost_cents
          FROM payments y
          JOIN quote_lines q ON q.shop_id = y.shop_id AND q.ticket_id = y.ticket_id AND q.quote_no = y.quote_no
         WHERE y.shop_id = p_shop_id
    ), back AS (
        SELECT r.refunded_at, r.receipt_no, r.ticket_id, q.seq, 'refund', q.name, q.name_hanzi, q.tax_category, r.refunded_by, q.unit,
               -b.quantity, -(b.amount_cents - CASE WHEN q.tax_included THEN 0 ELSE b.tax_cents END), 0::bigint, -b.tax_cents,
               -b.amount_cents,
               -(SELECT sum(round(t.quantity::numeric * l.cost_cents / l.cost_quantity)) FROM refund_lots t
                   JOIN lots l ON l.shop_id = t.shop_id AND l.id = t.lot_id
                   JOIN locations p ON p.shop_id = t.shop_id AND p.id = t.location_id AND p.internal
                  WHERE t.shop_id = b.shop_id AND t.ticket_id = b.ticket_id AND t.refund_no = b.refund_no AND t.seq = b.seq)
          FROM refund_lines b
          JOIN refunds r ON r.shop_id = b.shop_id AND r.ticket_id = b.ticket_id AND r.refund_no = b.refund_no
          JOIN quote_lines q ON q.shop_id = b.shop_id AND q.ticket_id = b.ticket_id AND q.quote_no = b.quote_no AND q.seq = b.seq
         WHERE b.shop_id = p_shop_id
    )
    SELECT (e.moment AT TIME ZONE shop.time_zone)::date, to_char(e.moment AT TIME ZONE shop.time_zone, 'YYYY-MM-DD HH24:MI:SS'),
           e.receipt_no, e.ticket_id, e.seq, e.what, e.name, e.name_hanzi, coalesce(x.name, 'Not taxed'), u.display_name,
           CASE e.unit WHEN 'mg' THEN e.quantity END, CASE e.unit WHEN 'each' THEN e.quantity END, e.list_cents, e.discount_cents,
           e.total_cents - e.tax_cents, e.tax_cents, e.total_cents, coalesce(e.cost_cents, 0)::bigint
      FROM (SELECT * FROM sold UNION ALL SELECT * FROM back) e
     CROSS JOIN shop
      JOIN users u ON u.shop_id = p_shop_id AND u.id = e.by
      LEFT JOIN tax_categories x ON x.shop_id = p_shop_id AND x.tax_category = e.tax_category
     WHERE (e.moment AT TIME ZONE shop.time_zone)::date BETWEEN coalesce(p_from, '-infinity') AND coalesce(p_to, 'infinity')
$$;

-- What the herbs of classic formulas (one, by id, or all) cost and sell for. See reports/report_formula_margin.sql.
CREATE FUNCTION formula_costs(p_shop_id bigint, p_formula text)
RETURNS TABLE (formula_id text, formula text, formula_hanzi text, seq integer, herb text, herb_hanzi text, sku text, dose_mg bigint,
               state text, cost_cents bigint, price_cents bigint)
LANGUAGE sql STABLE AS $$
    SELECT f.id, f.pinyin, f.hanzi, n.seq, h.pinyin, h.hanzi, t.sku, round(n.grams * 1000)::bigint,
           CASE WHEN n.grams IS NULL THEN 'no dose' WHEN t.sku IS NULL THEN 'not kept' WHEN t.cost IS NULL THEN 'none usable' ELSE 'ok' END,
           round(n.grams * 1000 * t.cost)::bigint, round(n.grams * 1000 * t.price_cents / t.price_per_quantity)::bigint
      FROM formulas f
      JOIN formula_items n ON n.formula_id = f.id AND n.retired_at IS NULL
      JOIN herbs h ON h.id = n.herb_id
      LEFT JOIN LATERAL (
            SELECT i.sku, i.price_cents, i.price_per_quantity,
                   (SELECT sum(b.quantity * l.cost_cents::numeric / l.cost_quantity) / sum(b.quantity)
                      FROM lots l
                      JOIN balances b ON b.shop_id = l.shop_id AND b.lot_id = l.id AND b.internal AND b.quantity > 0
                      JOIN locations p ON p.shop_id = b.shop_id AND p.id = b.location_id
                     WHERE l.shop_id = p_shop_id AND l.item_id = i.id AND l.cost_cents > 0
                       AND lot_refusal_at(p.kind, l.status, l.expires_on, shop_today(p_shop_id), shop_today(p_shop_id)) IS NULL) AS cost
              FROM items i
             WHERE i.shop_id = p_shop_id AND i.herb_id = n.herb_id AND i.item_kind = 'raw'
             ORDER BY i.price_cents::numeric / i.price_per_quantity, i.id
             LIMIT 1) t ON true
     WHERE f.retired_at IS NULL AND (p_formula IS NULL OR f.id = p_formula)
$$;
