-- CDS Hooks: which other systems may ask for screening, the tokens they have used, the cards they were shown, and what became
-- of each. No patient is named here: a card says which rule was shown to whose system, never about whom.
SET LOCAL ROLE yaofang_owner;

-- A system that signs its requests. Its public key is given here by a person of the shop, never fetched.
CREATE TABLE cds_clients (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL CONSTRAINT cds_clients_name_length CHECK (length(name) BETWEEN 1 AND 120),
    issuer text NOT NULL CONSTRAINT cds_clients_issuer_length CHECK (length(issuer) BETWEEN 1 AND 500),
    kid text NOT NULL CONSTRAINT cds_clients_kid_length CHECK (length(kid) BETWEEN 1 AND 500),
    algorithm text NOT NULL CONSTRAINT cds_clients_algorithm_known CHECK (algorithm IN ('ES384', 'RS384')),
    public_key text NOT NULL
        CONSTRAINT cds_clients_key_public CHECK (public_key ~ '^-----BEGIN PUBLIC KEY-----' AND length(public_key) < 10000),
    role text NOT NULL CONSTRAINT cds_clients_role_known CHECK (role IN ('practitioner', 'pharmacist', 'staff')),
    added_by bigint,
    added_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT cds_clients_added_by FOREIGN KEY (shop_id, added_by) REFERENCES users
);
-- A key that was disabled may come back under its name; two that are in use may not share one.
CREATE UNIQUE INDEX cds_clients_kid_unique ON cds_clients (shop_id, issuer, kid) WHERE disabled_at IS NULL;
CREATE INDEX cds_clients_by_kid ON cds_clients (issuer, kid);

-- The tokens that were used, until they run out: none is good twice. Unlogged, because it spares every call a flush to disk and
-- what a crash forgets is at most five minutes of tokens.
CREATE UNLOGGED TABLE cds_tokens (
    shop_id bigint NOT NULL,
    client_id bigint NOT NULL,
    token_id text NOT NULL CHECK (length(token_id) BETWEEN 1 AND 500),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (shop_id, client_id, token_id)
);

CREATE TABLE cds_cards (
    shop_id bigint NOT NULL REFERENCES shops,
    card uuid,
    client_id bigint, -- NULL where the service was opened to everybody (YAOFANG_CDS_OPEN)
    service text NOT NULL CHECK (length(service) BETWEEN 1 AND 100),
    hook_instance uuid NOT NULL,
    role text NOT NULL,
    moment text NOT NULL,
    kind text NOT NULL, -- of the finding, or not_checked, unclear, further
    about text NOT NULL, -- the two sides of the finding, as the alert budget tells them apart
    severity text NOT NULL CHECK (severity IN ('', 'contraindicated', 'major', 'moderate', 'minor')),
    rule_id text, -- NULL: the card speaks of what was not checked
    rule_version integer,
    suggestions uuid[] NOT NULL,
    issued_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, card),
    CHECK ((rule_id IS NULL) = (rule_version IS NULL)),
    FOREIGN KEY (shop_id, client_id) REFERENCES cds_clients
);
CREATE INDEX cds_cards_by_age ON cds_cards (issued_at);

-- What people did with a card. A client may send the same again, and may tell of another outcome later: the first one counts
-- for the alert budget, once.
CREATE TABLE cds_feedback (
    shop_id bigint NOT NULL,
    card uuid,
    outcome text CONSTRAINT cds_feedback_outcome_known CHECK (outcome IN ('accepted', 'overridden')),
    reason_system text,
    reason_code text,
    comment text NOT NULL DEFAULT '' CONSTRAINT cds_feedback_comment_length CHECK (length(comment) <= 2000),
    suggestions uuid[] NOT NULL,
    outcome_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    counted boolean NOT NULL,
    PRIMARY KEY (shop_id, card, outcome),
    CONSTRAINT cds_feedback_card FOREIGN KEY (shop_id, card) REFERENCES cds_cards ON DELETE CASCADE
);
CREATE UNIQUE INDEX cds_feedback_counted_once ON cds_feedback (shop_id, card) WHERE counted;

ALTER TABLE cds_clients ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON cds_clients USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
ALTER TABLE cds_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON cds_tokens USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
ALTER TABLE cds_cards ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON cds_cards USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
ALTER TABLE cds_feedback ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON cds_feedback USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());

GRANT SELECT ON cds_clients, cds_cards, cds_feedback TO yaofang_app, yaofang_read;
GRANT SELECT, INSERT ON cds_tokens TO yaofang_app;
GRANT INSERT, UPDATE (disabled_at) ON cds_clients TO yaofang_app;
GRANT INSERT ON cds_cards, cds_feedback TO yaofang_app;

-- Whose key that is: a system that knocks has no shop yet. More than one row when it works for several shops.
CREATE FUNCTION cds_client_find(p_issuer text, p_kid text)
RETURNS TABLE (shop_id bigint, shop_slug text, id bigint, name text, algorithm text, public_key text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT k.shop_id, s.slug, k.id, k.name, k.algorithm, k.public_key, k.role
      FROM cds_clients k JOIN shops s ON s.id = k.shop_id
     WHERE k.issuer = p_issuer AND k.kid = p_kid AND k.disabled_at IS NULL
     ORDER BY k.shop_id
$$;

-- Forgets tokens that have run out and cards (with their feedback) that nobody will speak of any more. Returns how many.
CREATE FUNCTION cds_upkeep() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tokens_gone bigint;
    cards_gone bigint;
BEGIN
    DELETE FROM cds_tokens WHERE expires_at < now() - interval '2 minutes';
    GET DIAGNOSTICS tokens_gone = ROW_COUNT;
    DELETE FROM cds_cards k USING (SELECT shop_id, card FROM cds_cards
                                    WHERE issued_at < now() - interval '90 days' LIMIT 10000) old
     WHERE k.shop_id = old.shop_id AND k.card = old.card;
    GET DIAGNOSTICS cards_gone = ROW_COUNT;
    RETURN tokens_gone + cards_gone;
END
$$;
REVOKE ALL ON FUNCTION cds_client_find, cds_upkeep FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cds_client_find, cds_upkeep TO yaofang_app;
