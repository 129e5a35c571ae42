-- An answered critical finding goes with the order to the hand-over (PRODUCT law 6): whoever hands it over has told the
-- patient. The count comes from the release, so it cannot be made smaller.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE releases ADD CONSTRAINT releases_count_once UNIQUE (shop_id, order_id, critical_count);
ALTER TABLE handovers ADD COLUMN critical_count integer;
UPDATE handovers h SET critical_count = CASE WHEN h.counselled THEN r.critical_count ELSE 0 END
  FROM releases r WHERE r.shop_id = h.shop_id AND r.order_id = h.order_id;
ALTER TABLE handovers
    ALTER COLUMN critical_count SET NOT NULL,
    ADD CONSTRAINT handovers_counselled CHECK (counselled OR critical_count = 0),
    ADD CONSTRAINT handovers_release FOREIGN KEY (shop_id, order_id, critical_count)
        REFERENCES releases (shop_id, order_id, critical_count) NOT VALID;
