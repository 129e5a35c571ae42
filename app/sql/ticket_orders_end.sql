-- Orders whose money was given back are not charged any more.
UPDATE ticket_orders SET ended_at = now() WHERE shop_id = $1 AND ticket_id = $2 AND order_id = ANY ($3::bigint[]) AND ended_at IS NULL
