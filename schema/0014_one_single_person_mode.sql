-- A shop is in its single-person mode once or not at all: two switches at the same moment cannot leave two delays in force. And
-- an order may be looked up by its patient, the newest first.
SET LOCAL ROLE yaofang_owner;

CREATE UNIQUE INDEX single_person_modes_one ON single_person_modes (shop_id) WHERE switched_off_at IS NULL;
DROP INDEX orders_by_patient;
CREATE INDEX orders_by_patient ON orders (shop_id, patient_id, id);
