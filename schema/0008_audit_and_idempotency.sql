-- Who did what, sealed by a chain of hashes per shop; and the answers already given to repeated requests.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE audit_seals (
    shop_id bigint NOT NULL REFERENCES shops,
    seal_no bigint NOT NULL CHECK (seal_no >= 1),
    entries bigint NOT NULL,
    hash text NOT NULL,
    sealed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, seal_no)
);

CREATE TABLE audit (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT now(),
    user_id bigint,
    action text NOT NULL,
    subject text NOT NULL, -- "order 12", "lot 7"
    details text NOT NULL DEFAULT '',
    trace text NOT NULL DEFAULT '',
    seal_no bigint,        -- NULL until the next seal takes it in
    PRIMARY KEY (shop_id, id),
    CONSTRAINT audit_seal FOREIGN KEY (shop_id, seal_no) REFERENCES audit_seals,
    CONSTRAINT audit_user FOREIGN KEY (shop_id, user_id) REFERENCES users
);
CREATE INDEX audit_unsealed ON audit (shop_id, id) WHERE seal_no IS NULL;
CREATE INDEX audit_by_seal ON audit (shop_id, seal_no, id);

-- The hash of a seal: the one before it and every entry, in order.
CREATE FUNCTION audit_seal_hash(p_shop_id bigint, p_seal_no bigint) RETURNS text LANGUAGE sql STABLE
    RETURN (SELECT encode(sha256(convert_to(
                concat_ws(E'\n', coalesce((SELECT hash FROM audit_seals
                                            WHERE shop_id = p_shop_id AND seal_no = p_seal_no - 1), ''),
                          string_agg(concat_ws(E'\x1f', id, extract(epoch FROM at), coalesce(user_id, 0), action, subject,
                                               details, trace), E'\n' ORDER BY id)), 'UTF8')), 'hex')
              FROM audit WHERE shop_id = p_shop_id AND seal_no = p_seal_no);

-- Takes every entry not sealed yet into the chain. A chain written with each entry would let only one booking of a shop
-- commit at a time; sealing afterwards costs the bookings nothing, and an entry that commits late goes into the next seal.
CREATE FUNCTION audit_seal(p_shop_id bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    next_no bigint;
    taken bigint;
BEGIN
    IF p_shop_id IS DISTINCT FROM current_shop() THEN
        RAISE insufficient_privilege USING MESSAGE = 'another shop''s audit';
    END IF;
    PERFORM pg_advisory_xact_lock(7266844, hashint8(p_shop_id));
    SELECT coalesce(max(seal_no), 0) + 1 INTO next_no FROM audit_seals WHERE shop_id = p_shop_id;
    IF NOT EXISTS (SELECT FROM audit WHERE shop_id = p_shop_id AND seal_no IS NULL) THEN
        RETURN 0;
    END IF;
    INSERT INTO audit_seals (shop_id, seal_no, entries, hash) VALUES (p_shop_id, next_no, 0, '');
    UPDATE audit SET seal_no = next_no WHERE shop_id = p_shop_id AND seal_no IS NULL;
    GET DIAGNOSTICS taken = ROW_COUNT;
    UPDATE audit_seals SET entries = taken, hash = audit_seal_hash(p_shop_id, next_no)
     WHERE shop_id = p_shop_id AND seal_no = next_no;
    RETURN taken;
END
$$;
REVOKE ALL ON FUNCTION audit_seal FROM PUBLIC;

-- Seals whose entries were changed, removed or added to since: must show nothing.
CREATE VIEW audit_broken WITH (security_invoker = true) AS
SELECT s.shop_id, s.seal_no, s.sealed_at
  FROM audit_seals s
 WHERE s.hash <> audit_seal_hash(s.shop_id, s.seal_no)
    OR s.entries <> (SELECT count(*) FROM audit a WHERE a.shop_id = s.shop_id AND a.seal_no = s.seal_no);

-- A key is claimed before the change and answered in the same transaction: a second request with the key waits for the
-- first to commit, then gets its answer.
CREATE TABLE idempotency_keys (
    shop_id bigint NOT NULL REFERENCES shops,
    key text NOT NULL CONSTRAINT idempotency_keys_length CHECK (length(key) BETWEEN 1 AND 200),
    user_id bigint,
    operation text NOT NULL,
    body_hash text NOT NULL,
    status integer,
    answer text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, key),
    CONSTRAINT idempotency_keys_user FOREIGN KEY (shop_id, user_id) REFERENCES users
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
