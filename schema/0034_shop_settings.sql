-- What the shop's administrator may say about the shop itself: its address, whose liang it means, its limits. Slug, currency and
-- whether it is the demo stay with the schema's owner. Who changed what from what is in the audit trail.
SET LOCAL ROLE yaofang_owner;

GRANT UPDATE (name, name_hanzi, street, city, region, postal_code, country, phone, registration, time_zone, liang,
              second_person_above_cents, weigh_tolerance_permille, reservation_minutes) ON shops TO yaofang_app;
ALTER TABLE shops ADD CONSTRAINT shops_name_form CHECK (length(name) BETWEEN 1 AND 120) NOT VALID;

-- Files of a purchase order are looked up by it too.
CREATE INDEX attachments_by_purchase_order ON attachments (shop_id, purchase_order_id) WHERE purchase_order_id IS NOT NULL;
