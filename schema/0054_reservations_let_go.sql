-- Reservations whose time ran out a day ago end, so that what is free of a lot is not summed past promises nobody keeps any more: an
-- order left lying would burden its lots for ever. They counted for nothing already; the order is allocated again as before.
SET LOCAL ROLE yaofang_owner;

CREATE FUNCTION reservations_let_go() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ended bigint;
BEGIN
    UPDATE reservations SET ended_at = expires_at WHERE ended_at IS NULL AND expires_at < now() - interval '1 day';
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END
$$;
REVOKE ALL ON FUNCTION reservations_let_go FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reservations_let_go TO yaofang_app;
