-- The first to weigh is the filler; a second person's weights then break weighings_one_filler.
INSERT INTO order_fillers (shop_id, order_id, filler_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
