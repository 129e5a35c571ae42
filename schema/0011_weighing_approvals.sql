-- A weight outside the tolerance is approved by the second person's own act, for exactly that weight of that lot: a name given
-- by the one who weighs would prove nothing.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE weighing_approvals (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    allocation_no integer NOT NULL,
    line_no integer NOT NULL,
    lot_id bigint NOT NULL,
    location_id bigint NOT NULL,
    weighed bigint NOT NULL CONSTRAINT weighing_approvals_weighed CHECK (weighed BETWEEN 1 AND 100000000000),
    approved_by bigint NOT NULL,
    note text NOT NULL DEFAULT '',
    approved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, allocation_no, line_no, lot_id, location_id, weighed, approved_by),
    CONSTRAINT weighing_approvals_reservation FOREIGN KEY (shop_id, order_id, allocation_no, line_no, lot_id, location_id)
        REFERENCES reservations,
    CONSTRAINT weighing_approvals_approved_by FOREIGN KEY (shop_id, approved_by) REFERENCES users
);
ALTER TABLE weighings ADD CONSTRAINT weighings_approval
    FOREIGN KEY (shop_id, order_id, allocation_no, line_no, lot_id, location_id, weighed, approved_by)
    REFERENCES weighing_approvals;

ALTER TABLE weighing_approvals ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON weighing_approvals USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
GRANT SELECT, INSERT ON weighing_approvals TO yaofang_app;
GRANT SELECT ON weighing_approvals TO yaofang_read;
