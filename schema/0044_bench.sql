-- The bench: who picked an order's lots and who looked whether they are the right ones, what was weighed with which container on
-- which scale, what is done when a lot runs out, packets weighed again, and what a level spoon holds.
--
-- What a shop wants at its bench holds for an order as of its allocation, as the tolerance does; the database asks for it by
-- row-level security when a weight or the final check is added.
SET LOCAL ROLE yaofang_owner;

-- identity: choice (who weighs chooses the lot, and the final check answers for it), scan (each lot's label must have been scanned),
-- second_person (each lot must have been looked at by somebody other than who picked it). A shop without a row is as strict as can be.
CREATE TABLE bench_settings (
    shop_id bigint NOT NULL REFERENCES shops,
    identity text NOT NULL CONSTRAINT bench_settings_identity_known CHECK (identity IN ('choice', 'scan', 'second_person')),
    packet_checks integer NOT NULL CONSTRAINT bench_settings_packet_checks CHECK (packet_checks BETWEEN 0 AND 100),
    total_check boolean NOT NULL,
    density_permille integer NOT NULL CONSTRAINT bench_settings_density CHECK (density_permille BETWEEN 0 AND 1000),
    PRIMARY KEY (shop_id)
);
CREATE VIEW bench_settings_now WITH (security_invoker = true) AS
SELECT s.id AS shop_id, coalesce(b.identity, 'second_person') AS identity, coalesce(b.packet_checks, 1) AS packet_checks,
       coalesce(b.total_check, false) AS total_check, coalesce(b.density_permille, 100) AS density_permille
  FROM shops s LEFT JOIN bench_settings b ON b.shop_id = s.id;
-- The demo shop is worked by scripts and by people who look around: it weighs as before until somebody wants more of it.
INSERT INTO bench_settings (shop_id, identity, packet_checks, total_check, density_permille)
SELECT id, 'choice', 0, false, 100 FROM shops WHERE demo;

ALTER TABLE allocations
    ADD COLUMN identity_rule text NOT NULL DEFAULT 'choice'
        CONSTRAINT allocations_identity_known CHECK (identity_rule IN ('choice', 'scan', 'second_person')),
    ADD COLUMN packet_checks integer NOT NULL DEFAULT 0 CONSTRAINT allocations_packet_checks CHECK (packet_checks BETWEEN 0 AND 100),
    ADD COLUMN total_check boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT allocations_identity_once UNIQUE (shop_id, order_id, allocation_no, identity_rule);
CREATE POLICY as_the_shop_wants ON allocations AS RESTRICTIVE FOR INSERT WITH CHECK (EXISTS (
    SELECT FROM bench_settings_now b WHERE b.shop_id = allocations.shop_id AND b.identity = identity_rule
       AND b.packet_checks = allocations.packet_checks AND b.total_check = allocations.total_check));

-- Who fetched the lots of an allocation from their drawers.
CREATE TABLE order_picks (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    allocation_no integer NOT NULL,
    identity_rule text NOT NULL,
    picker_id bigint NOT NULL,
    picked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, allocation_no),
    CONSTRAINT order_picks_picker_once UNIQUE (shop_id, order_id, allocation_no, identity_rule, picker_id),
    CONSTRAINT order_picks_allocation FOREIGN KEY (shop_id, order_id, allocation_no, identity_rule)
        REFERENCES allocations (shop_id, order_id, allocation_no, identity_rule),
    CONSTRAINT order_picks_release FOREIGN KEY (shop_id, order_id) REFERENCES releases,
    CONSTRAINT order_picks_picker FOREIGN KEY (shop_id, picker_id) REFERENCES users
);

-- Somebody looked whether what was picked is the lot meant: its label scanned, or its code typed in.
CREATE TABLE identity_checks (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    allocation_no integer NOT NULL,
    line_no integer NOT NULL,
    lot_id bigint NOT NULL,
    location_id bigint NOT NULL,
    identity_rule text NOT NULL,
    picker_id bigint NOT NULL,
    how text NOT NULL CONSTRAINT identity_checks_how_known CHECK (how IN ('scanned', 'typed')),
    code text NOT NULL CONSTRAINT identity_checks_code_length CHECK (length(code) BETWEEN 1 AND 300),
    checked_by bigint NOT NULL,
    single_person_mode_id bigint,
    checked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, allocation_no, line_no, lot_id, location_id),
    CONSTRAINT identity_checks_two_people
        CHECK (identity_rule <> 'second_person' OR checked_by <> picker_id OR single_person_mode_id IS NOT NULL),
    CONSTRAINT identity_checks_scanned CHECK (identity_rule <> 'scan' OR how = 'scanned'),
    CONSTRAINT identity_checks_pick FOREIGN KEY (shop_id, order_id, allocation_no, identity_rule, picker_id)
        REFERENCES order_picks (shop_id, order_id, allocation_no, identity_rule, picker_id),
    CONSTRAINT identity_checks_reservation FOREIGN KEY (shop_id, order_id, allocation_no, line_no, lot_id, location_id)
        REFERENCES reservations,
    CONSTRAINT identity_checks_checked_by FOREIGN KEY (shop_id, checked_by) REFERENCES users,
    CONSTRAINT identity_checks_mode FOREIGN KEY (shop_id, single_person_mode_id) REFERENCES single_person_modes
);

-- With which container, and on which scale: net is gross less tare. A reading of a scale serves for one weight.
ALTER TABLE weighings
    ADD COLUMN gross_mg bigint,
    ADD COLUMN tare_mg bigint CONSTRAINT weighings_tare CHECK (tare_mg BETWEEN 0 AND 100000000000),
    ADD COLUMN reading_id bigint,
    ADD CONSTRAINT weighings_net CHECK (weighed = gross_mg - tare_mg),
    ADD CONSTRAINT weighings_gross CHECK ((gross_mg IS NULL) = (tare_mg IS NULL) AND (reading_id IS NULL OR gross_mg IS NOT NULL)),
    ADD CONSTRAINT weighings_reading_once UNIQUE (shop_id, reading_id),
    ADD CONSTRAINT weighings_reading FOREIGN KEY (shop_id, reading_id, gross_mg)
        REFERENCES scale_readings (shop_id, id, weight_mg);
CREATE POLICY identified ON weighings AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM allocations a WHERE a.shop_id = weighings.shop_id AND a.order_id = weighings.order_id
               AND a.allocation_no = weighings.allocation_no AND a.identity_rule = 'choice')
    OR EXISTS (SELECT FROM identity_checks i WHERE i.shop_id = weighings.shop_id AND i.order_id = weighings.order_id
                  AND i.allocation_no = weighings.allocation_no AND i.line_no = weighings.line_no
                  AND i.lot_id = weighings.lot_id AND i.location_id = weighings.location_id));
CREATE POLICY fresh_reading ON weighings AS RESTRICTIVE FOR INSERT WITH CHECK (
    reading_id IS NULL
    OR EXISTS (SELECT FROM scale_readings r WHERE r.shop_id = weighings.shop_id AND r.id = weighings.reading_id
                  AND r.read_by = weighings.weighed_by AND r.read_at > now() - interval '15 minutes'));

-- A lot held less than the books said: what could be taken of it, and where the rest comes from is in the reservations beside it.
CREATE TABLE reservation_cuts (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    order_id bigint NOT NULL,
    allocation_no integer NOT NULL,
    line_no integer NOT NULL,
    lot_id bigint NOT NULL,
    location_id bigint NOT NULL,
    planned bigint NOT NULL,
    there bigint NOT NULL CONSTRAINT reservation_cuts_there CHECK (there BETWEEN 0 AND planned - 1),
    cut_by bigint NOT NULL,
    cut_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT reservation_cuts_line FOREIGN KEY (shop_id, order_id, line_no) REFERENCES order_lines,
    CONSTRAINT reservation_cuts_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots,
    CONSTRAINT reservation_cuts_cut_by FOREIGN KEY (shop_id, cut_by) REFERENCES users
);
-- Before it was weighed or looked at, a reservation may shrink, or move to another lot: foreign keys hold it afterwards.
GRANT UPDATE (quantity, lot_id, location_id) ON reservations TO yaofang_app;

-- A packet (or, number 0, all of it) weighed again before the final check. `planned` is its share of what was really weighed.
CREATE TABLE packet_checks (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    packet_no integer NOT NULL CONSTRAINT packet_checks_number CHECK (packet_no >= 0),
    attempt_no integer NOT NULL CONSTRAINT packet_checks_attempt CHECK (attempt_no BETWEEN 1 AND 100),
    planned bigint NOT NULL CONSTRAINT packet_checks_planned CHECK (planned > 0),
    weighed bigint NOT NULL CONSTRAINT packet_checks_weighed CHECK (weighed BETWEEN 0 AND 100000000000),
    tolerance_permille integer NOT NULL,
    within boolean GENERATED ALWAYS AS (abs(weighed - planned) * 1000 <= planned * tolerance_permille) STORED,
    reading_id bigint,
    checked_by bigint NOT NULL,
    checked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, packet_no, attempt_no),
    CONSTRAINT packet_checks_reading_once UNIQUE (shop_id, reading_id),
    CONSTRAINT packet_checks_order FOREIGN KEY (shop_id, order_id) REFERENCES orders,
    CONSTRAINT packet_checks_reading FOREIGN KEY (shop_id, reading_id, weighed) REFERENCES scale_readings (shop_id, id, weight_mg),
    CONSTRAINT packet_checks_checked_by FOREIGN KEY (shop_id, checked_by) REFERENCES users
);
-- How far an order's packets have been weighed again: `wanted` and `done` packets, `off` whose last weight was outside the band, and
-- whether the whole was wanted and is within it.
CREATE VIEW packet_check_state WITH (security_invoker = true) AS
SELECT o.shop_id, o.id AS order_id,
       least(a.packet_checks, CASE WHEN o.packets > 1 THEN o.packets ELSE 0 END) AS wanted,
       count(p.packet_no) FILTER (WHERE p.packet_no > 0 AND p.within)::integer AS done,
       count(p.packet_no) FILTER (WHERE NOT p.within)::integer AS off,
       a.total_check AS total_wanted, coalesce(bool_or(p.within) FILTER (WHERE p.packet_no = 0), false) AS total_done
  FROM orders o
  JOIN allocations a ON a.shop_id = o.shop_id AND a.order_id = o.id AND a.allocation_no = o.allocation_no
  LEFT JOIN packet_checks p ON p.shop_id = o.shop_id AND p.order_id = o.id
       AND p.attempt_no = (SELECT max(m.attempt_no) FROM packet_checks m WHERE m.shop_id = p.shop_id AND m.order_id = p.order_id
                              AND m.packet_no = p.packet_no)
 GROUP BY o.shop_id, o.id, o.packets, a.packet_checks, a.total_check;
CREATE POLICY packets_weighed ON final_checks AS RESTRICTIVE FOR INSERT WITH CHECK (EXISTS (
    SELECT FROM packet_check_state s WHERE s.shop_id = final_checks.shop_id AND s.order_id = final_checks.order_id
       AND s.done >= s.wanted AND s.off = 0 AND (s.total_done OR NOT s.total_wanted)));

-- What a level spoon holds of a lot, or of an order's mixture: so many level spoons weighed so much.
CREATE TABLE spoon_measures (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    lot_id bigint,
    order_id bigint,
    spoon text NOT NULL CONSTRAINT spoon_measures_spoon_length CHECK (length(spoon) BETWEEN 1 AND 40),
    spoons integer NOT NULL CONSTRAINT spoon_measures_spoons CHECK (spoons BETWEEN 1 AND 100),
    weighed bigint NOT NULL CONSTRAINT spoon_measures_weighed CHECK (weighed BETWEEN 1 AND 1000000),
    reading_id bigint,
    previous_id bigint, -- the measure of the same item, or of the same order, it was compared with
    shift_permille integer, -- how much more (or less) a spoon holds than then
    measured_by bigint NOT NULL,
    measured_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT spoon_measures_of_one CHECK ((lot_id IS NULL) <> (order_id IS NULL)),
    CONSTRAINT spoon_measures_compared CHECK ((previous_id IS NULL) = (shift_permille IS NULL)),
    CONSTRAINT spoon_measures_reading_once UNIQUE (shop_id, reading_id),
    CONSTRAINT spoon_measures_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots,
    CONSTRAINT spoon_measures_order FOREIGN KEY (shop_id, order_id) REFERENCES orders,
    CONSTRAINT spoon_measures_reading FOREIGN KEY (shop_id, reading_id, weighed) REFERENCES scale_readings (shop_id, id, weight_mg),
    CONSTRAINT spoon_measures_previous FOREIGN KEY (shop_id, previous_id) REFERENCES spoon_measures,
    CONSTRAINT spoon_measures_measured_by FOREIGN KEY (shop_id, measured_by) REFERENCES users
);
CREATE INDEX spoon_measures_by_lot ON spoon_measures (shop_id, lot_id, id) WHERE lot_id IS NOT NULL;
CREATE INDEX spoon_measures_by_order ON spoon_measures (shop_id, order_id, id) WHERE order_id IS NOT NULL;

-- The spoon that counts for an order: its own mixture's newest measure, else that of the only lot in it.
CREATE VIEW order_spoons WITH (security_invoker = true) AS
SELECT o.shop_id, o.id AS order_id, m.id AS measure_id, m.spoon, m.spoons, m.weighed
  FROM orders o
 CROSS JOIN LATERAL (
    SELECT m.* FROM spoon_measures m
     WHERE m.shop_id = o.shop_id
       AND (m.order_id = o.id
            OR m.lot_id = (SELECT min(w.lot_id) FROM weighings w WHERE w.shop_id = o.shop_id AND w.order_id = o.id
                              AND w.allocation_no = o.allocation_no HAVING count(DISTINCT w.lot_id) = 1))
     ORDER BY m.order_id IS NULL, m.id DESC LIMIT 1) m;
-- How many level spoons a dose is, in half spoons; NULL where that is more than a tenth off the dose: then it has to be weighed.
CREATE FUNCTION half_spoons(dose bigint, spoons integer, weighed bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN dose > 0 AND (4 * dose * spoons + weighed) / (2 * weighed) > 0
                 AND abs((4 * dose * spoons + weighed) / (2 * weighed) * weighed - 2 * dose * spoons) * 10 <= 2 * dose * spoons
                THEN (4 * dose * spoons + weighed) / (2 * weighed) END;

DO $$
DECLARE
    owned regclass;
    added regclass;
BEGIN
    FOREACH owned IN ARRAY ARRAY['bench_settings', 'order_picks', 'identity_checks', 'reservation_cuts', 'packet_checks',
                                 'spoon_measures']::regclass[] LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %s USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())',
                       owned);
        EXECUTE format('GRANT SELECT ON %s TO yaofang_app, yaofang_read', owned);
    END LOOP;
    -- Only at the bench, between release and final check, and not while the order is stopped.
    FOREACH added IN ARRAY ARRAY['order_picks', 'identity_checks', 'reservation_cuts']::regclass[] LOOP
        EXECUTE format('CREATE POLICY where_it_belongs ON %1$s AS RESTRICTIVE FOR INSERT WITH CHECK (EXISTS (SELECT FROM orders o '
                       'WHERE o.shop_id = %1$s.shop_id AND o.id = %1$s.order_id AND o.allocation_no = %1$s.allocation_no '
                       'AND o.state = ''released'' AND o.stopped_state IS NULL))', added);
    END LOOP;
END
$$;
GRANT SELECT ON bench_settings_now, packet_check_state, order_spoons TO yaofang_app, yaofang_read;
GRANT INSERT, UPDATE (identity, packet_checks, total_check, density_permille) ON bench_settings TO yaofang_app;
GRANT INSERT (shop_id, order_id, allocation_no, identity_rule, picker_id) ON order_picks TO yaofang_app;
GRANT INSERT (shop_id, order_id, allocation_no, line_no, lot_id, location_id, identity_rule, picker_id, how, code, checked_by,
              single_person_mode_id) ON identity_checks TO yaofang_app;
GRANT INSERT (shop_id, order_id, allocation_no, line_no, lot_id, location_id, planned, there, cut_by) ON reservation_cuts TO yaofang_app;
GRANT INSERT (shop_id, order_id, packet_no, attempt_no, planned, weighed, tolerance_permille, reading_id, checked_by)
    ON packet_checks TO yaofang_app;
GRANT INSERT (shop_id, lot_id, order_id, spoon, spoons, weighed, reading_id, previous_id, shift_permille, measured_by)
    ON spoon_measures TO yaofang_app;

CREATE POLICY by_role ON order_picks AS RESTRICTIVE FOR INSERT WITH CHECK (holds_role(shop_id, picker_id, '{pharmacist,staff}'));
CREATE POLICY by_role ON identity_checks AS RESTRICTIVE FOR INSERT
    WITH CHECK (holds_role(shop_id, checked_by, '{pharmacist,staff}'));
-- The same person twice only in the shop's single-person mode, and once its delay has passed.
CREATE POLICY one_person ON identity_checks AS RESTRICTIVE FOR INSERT WITH CHECK (
    single_person_mode_id IS NULL
    OR second_look_due(shop_id, single_person_mode_id, (SELECT p.picked_at FROM order_picks p
        WHERE p.shop_id = identity_checks.shop_id AND p.order_id = identity_checks.order_id
          AND p.allocation_no = identity_checks.allocation_no)));
-- A packet is weighed when everything was, by its share of what really went in.
CREATE POLICY where_it_belongs ON packet_checks AS RESTRICTIVE FOR INSERT WITH CHECK (
    holds_role(shop_id, checked_by, '{pharmacist,staff}')
    AND EXISTS (
        SELECT FROM orders o
          JOIN allocations a ON a.shop_id = o.shop_id AND a.order_id = o.id AND a.allocation_no = o.allocation_no
         WHERE o.shop_id = packet_checks.shop_id AND o.id = packet_checks.order_id AND o.state = 'weighed'
           AND o.stopped_state IS NULL AND a.tolerance_permille = packet_checks.tolerance_permille AND packet_no <= o.packets
           AND planned = (SELECT CASE WHEN packet_no = 0 THEN sum(w.weighed) ELSE sum(w.weighed) / o.packets END
                            FROM weighings w WHERE w.shop_id = o.shop_id AND w.order_id = o.id
                             AND w.allocation_no = o.allocation_no)::bigint));
