-- What a hand at the service's own login could still do to an order, closed by row-level security: each step is only added to an
-- order that stands where the step belongs, on a screening that is the latest and saw the patient as she is. Then upkeep: the
-- service may have old idempotency keys and sessions removed, by a function that decides itself what is old.
SET LOCAL ROLE yaofang_owner;

CREATE POLICY where_it_belongs ON allocations AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM orders o WHERE o.shop_id = allocations.shop_id AND o.id = allocations.order_id
               AND o.state IN ('entered', 'allocated', 'released')));
CREATE POLICY where_it_belongs ON reservations AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM orders o WHERE o.shop_id = reservations.shop_id AND o.id = reservations.order_id
               AND o.state IN ('entered', 'allocated', 'released')));
CREATE POLICY where_it_belongs ON order_fillers AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM orders o WHERE o.shop_id = order_fillers.shop_id AND o.id = order_fillers.order_id
               AND o.state = 'released'));
CREATE POLICY where_it_belongs ON weighings AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM orders o WHERE o.shop_id = weighings.shop_id AND o.id = weighings.order_id
               AND o.state = 'released'));
CREATE POLICY where_it_belongs ON handovers AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM orders o WHERE o.shop_id = handovers.shop_id AND o.id = handovers.order_id
               AND o.state = 'checked'));

-- The delay of a shop of one person counts from its last weighing.
CREATE POLICY where_it_belongs ON final_checks AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM orders o WHERE o.shop_id = final_checks.shop_id AND o.id = final_checks.order_id
               AND o.state = 'weighed')
    AND (single_person_mode_id IS NULL OR EXISTS (
        SELECT FROM single_person_modes m
         WHERE m.shop_id = final_checks.shop_id AND m.id = final_checks.single_person_mode_id AND m.switched_off_at IS NULL
           AND now() >= (SELECT max(w.weighed_at) FROM weighings w WHERE w.shop_id = final_checks.shop_id
                            AND w.order_id = final_checks.order_id) + make_interval(mins => m.delay_minutes))));

-- An older screening, fully answered, must not stand in for a newer one that is not.
CREATE POLICY where_it_belongs ON releases AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM orders o WHERE o.shop_id = releases.shop_id AND o.id = releases.order_id AND o.state = 'allocated')
    AND EXISTS (SELECT FROM screenings s JOIN patients p ON p.shop_id = s.shop_id AND p.id = s.patient_id
                 WHERE s.shop_id = releases.shop_id AND s.id = releases.screening_id
                   AND s.profile_version = p.profile_version)
    AND NOT EXISTS (SELECT FROM screenings s WHERE s.shop_id = releases.shop_id
                       AND s.prescription_id = releases.prescription_id AND s.version = releases.version
                       AND s.id > releases.screening_id));
CREATE POLICY latest_screening ON signatures AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM screenings s JOIN patients p ON p.shop_id = s.shop_id AND p.id = s.patient_id
             WHERE s.shop_id = signatures.shop_id AND s.id = signatures.screening_id
               AND s.profile_version = p.profile_version)
    AND NOT EXISTS (SELECT FROM screenings s WHERE s.shop_id = signatures.shop_id
                       AND s.prescription_id = signatures.prescription_id AND s.version = signatures.version
                       AND s.id > signatures.screening_id));

-- Weighed means everything reserved was weighed; what was checked, and so booked, can only be handed over.
CREATE POLICY steps_done ON orders AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (
    (state <> 'weighed' OR NOT EXISTS (
        SELECT FROM reservations r
         WHERE r.shop_id = orders.shop_id AND r.order_id = orders.id AND r.allocation_no = orders.allocation_no
           AND NOT EXISTS (SELECT FROM weighings w
                            WHERE w.shop_id = r.shop_id AND w.order_id = r.order_id AND w.allocation_no = r.allocation_no
                              AND w.line_no = r.line_no AND w.lot_id = r.lot_id AND w.location_id = r.location_id)))
    AND (state IN ('checked', 'handed_over') OR NOT EXISTS (
        SELECT FROM final_checks f WHERE f.shop_id = orders.shop_id AND f.order_id = orders.id)));

-- When an entry was made and which seal took it in is not for the one who writes it to say.
REVOKE INSERT ON audit FROM yaofang_app;
GRANT INSERT (shop_id, user_id, action, subject, details, trace) ON audit TO yaofang_app;

-- lot_refusal for a lot as it lies in one place: what lies in quarantine may not be used, whatever its lot's status.
CREATE FUNCTION lot_refusal_at(place_kind text, status text, expires_on date, on_date date, until date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN status = 'released' AND place_kind = 'quarantine' THEN 'quarantined'
                ELSE lot_refusal(status, expires_on, on_date, until) END;

-- A repeated request is told the Location of the first answer too.
ALTER TABLE idempotency_keys ADD COLUMN location text;
GRANT UPDATE (location) ON idempotency_keys TO yaofang_app;

-- Removes, of all shops, keys that no retry will send again and sessions that ended long ago: at most so many rows of each at
-- a time, so that it holds no lock for long. Returns how many went.
CREATE FUNCTION upkeep() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    keys_gone bigint;
    sessions_gone bigint;
BEGIN
    DELETE FROM idempotency_keys k USING (SELECT shop_id, key FROM idempotency_keys
                                           WHERE created_at < now() - interval '7 days' LIMIT 10000) old
     WHERE k.shop_id = old.shop_id AND k.key = old.key;
    GET DIAGNOSTICS keys_gone = ROW_COUNT;
    DELETE FROM sessions s USING (SELECT shop_id, token_hash FROM sessions
                                   WHERE least(ended_at, expires_at) < now() - interval '90 days' LIMIT 10000) old
     WHERE s.shop_id = old.shop_id AND s.token_hash = old.token_hash;
    GET DIAGNOSTICS sessions_gone = ROW_COUNT;
    RETURN keys_gone + sessions_gone;
END
$$;
REVOKE ALL ON FUNCTION upkeep FROM PUBLIC;
GRANT EXECUTE ON FUNCTION upkeep TO yaofang_app;
