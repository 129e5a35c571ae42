-- The orders a ticket charges; one that another ticket charges is refused by the database.
INSERT INTO ticket_orders (shop_id, ticket_id, order_id) SELECT $1, $2, o FROM unnest($3::bigint[]) o
