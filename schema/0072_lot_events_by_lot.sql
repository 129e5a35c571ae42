-- A lot's page shows its statuses.
CREATE INDEX lot_events_by_lot ON lot_events (shop_id, lot_id, id);
