-- An order's patient label: how many copies were counted, and when the newest came out. A copy whose print jobs all failed is counted, and
-- is printed again under its number, but nobody has it in hand yet.
SET LOCAL ROLE yaofang_owner;

CREATE VIEW order_labels WITH (security_invoker = true) AS
SELECT p.shop_id, p.order_id, max(p.copy_no) AS copies, max(p.printed_at) FILTER (WHERE p.came_out) AS came_out_at
  FROM (SELECT n.*, NOT EXISTS (SELECT FROM print_jobs j
                                 WHERE j.shop_id = n.shop_id AND j.order_id = n.order_id AND j.kind = n.kind AND j.copy_no = n.copy_no)
                 OR EXISTS (SELECT FROM print_jobs j JOIN print_job_steps s ON s.shop_id = j.shop_id AND s.job_id = j.id
                             WHERE j.shop_id = n.shop_id AND j.order_id = n.order_id AND j.kind = n.kind AND j.copy_no = n.copy_no
                               AND s.state = 'sent') AS came_out
          FROM printed_labels n WHERE n.kind LIKE 'patient%') p
 GROUP BY p.shop_id, p.order_id;
GRANT SELECT ON order_labels TO yaofang_app, yaofang_read;
