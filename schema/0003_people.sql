-- The shop's own people with their sign-ins, and its patients with what they take and have.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE users (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    username text NOT NULL CONSTRAINT users_username_form CHECK (username ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
    display_name text NOT NULL CONSTRAINT users_display_name_length CHECK (length(display_name) BETWEEN 1 AND 120),
    name_hanzi text,
    registration text,
    phone text,
    password_hash text, -- Argon2id; NULL cannot sign in with a password
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz,
    demo boolean NOT NULL DEFAULT false,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT users_username_unique UNIQUE (shop_id, username)
);

CREATE TABLE user_roles (
    shop_id bigint NOT NULL,
    user_id bigint NOT NULL,
    role text NOT NULL CONSTRAINT user_roles_role_known
        CHECK (role IN ('practitioner', 'pharmacist', 'staff', 'curator', 'admin')),
    granted_by bigint,
    granted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, user_id, role),
    CONSTRAINT user_roles_user FOREIGN KEY (shop_id, user_id) REFERENCES users,
    CONSTRAINT user_roles_granted_by FOREIGN KEY (shop_id, granted_by) REFERENCES users
);

-- A browser's session. The token itself is never stored, only its hash (hex).
CREATE TABLE sessions (
    shop_id bigint NOT NULL,
    token_hash text NOT NULL CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    user_id bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    address text,
    agent text,
    PRIMARY KEY (shop_id, token_hash),
    CONSTRAINT sessions_user FOREIGN KEY (shop_id, user_id) REFERENCES users
);
CREATE INDEX sessions_by_token ON sessions (token_hash);
CREATE INDEX sessions_by_user ON sessions (shop_id, user_id);

-- A machine's bearer token (`yaofang user token NAME`).
CREATE TABLE api_tokens (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    user_id bigint NOT NULL,
    name text NOT NULL,
    token_hash text NOT NULL CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT api_tokens_hash_unique UNIQUE (shop_id, token_hash),
    CONSTRAINT api_tokens_user FOREIGN KEY (shop_id, user_id) REFERENCES users
);
CREATE INDEX api_tokens_by_token ON api_tokens (token_hash);

-- Somebody who knocks has no shop yet, so row-level security would show nothing. These three functions are the only way
-- to look across shops; each gives no more than signing in needs.
CREATE FUNCTION user_roles_text(p_shop_id bigint, p_user_id bigint) RETURNS text LANGUAGE sql STABLE
    RETURN (SELECT coalesce(string_agg(role, ';' ORDER BY role), '') FROM user_roles
             WHERE shop_id = p_shop_id AND user_id = p_user_id);

-- Who may sign in under this name; more than one row when two shops know the name and none was given.
CREATE FUNCTION account_find(p_username text, p_shop_slug text DEFAULT NULL)
RETURNS TABLE (shop_id bigint, shop_slug text, shop_name text, user_id bigint, username text, display_name text,
               password_hash text, roles text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT u.shop_id, s.slug, s.name, u.id, u.username, u.display_name, u.password_hash, user_roles_text(u.shop_id, u.id)
      FROM users u JOIN shops s ON s.id = u.shop_id
     WHERE u.username = lower(p_username) AND u.disabled_at IS NULL AND (p_shop_slug IS NULL OR s.slug = p_shop_slug)
$$;

-- Whose session this is; no row when it ended, ran out, or its user was disabled.
CREATE FUNCTION session_find(p_token_hash text)
RETURNS TABLE (shop_id bigint, user_id bigint, username text, display_name text, roles text, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT u.shop_id, u.id, u.username, u.display_name, user_roles_text(u.shop_id, u.id), t.expires_at
      FROM sessions t JOIN users u ON u.shop_id = t.shop_id AND u.id = t.user_id
     WHERE t.token_hash = p_token_hash AND t.ended_at IS NULL AND t.expires_at > now() AND u.disabled_at IS NULL
$$;

CREATE FUNCTION api_token_find(p_token_hash text)
RETURNS TABLE (shop_id bigint, user_id bigint, username text, display_name text, roles text, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT u.shop_id, u.id, u.username, u.display_name, user_roles_text(u.shop_id, u.id), t.expires_at
      FROM api_tokens t JOIN users u ON u.shop_id = t.shop_id AND u.id = t.user_id
     WHERE t.token_hash = p_token_hash AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())
       AND u.disabled_at IS NULL
$$;

-- Which shops there are, by slug: for the sign-in page and for commands that name a shop.
CREATE FUNCTION shop_list() RETURNS TABLE (id bigint, slug text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, slug, name FROM shops ORDER BY id
$$;

-- The record that a shop of one person lets the filler check her own work after a delay (PRODUCT law 8).
CREATE TABLE single_person_modes (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    switched_on_by bigint NOT NULL,
    switched_on_at timestamptz NOT NULL DEFAULT now(),
    delay_minutes integer NOT NULL CHECK (delay_minutes BETWEEN 5 AND 1440),
    switched_off_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT single_person_modes_user FOREIGN KEY (shop_id, switched_on_by) REFERENCES users
);

-- profile_version goes up with every change of what screening looks at; a screening names the one it saw.
CREATE TABLE patients (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    code text NOT NULL,
    family_name text NOT NULL CONSTRAINT patients_family_name_length CHECK (length(family_name) BETWEEN 1 AND 120),
    given_name text NOT NULL DEFAULT '',
    name_hanzi text,
    sex text CONSTRAINT patients_sex_known CHECK (sex IN ('female', 'male', 'other')),
    born_on date CONSTRAINT patients_born_on_range CHECK (born_on BETWEEN '1880-01-01' AND '2199-12-31'),
    weight_mg bigint CONSTRAINT patients_weight_range CHECK (weight_mg BETWEEN 100000 AND 500000000),
    occupation text,
    phone text,
    language text NOT NULL DEFAULT 'english' CONSTRAINT patients_language_known
        CHECK (language IN ('english', 'zh_hans', 'zh_hant', 'polish', 'spanish')),
    patterns text, -- ids of patterns, separated by ';'
    complaint text,
    medicines_asked_at timestamptz, -- NULL: nobody has asked, which is not the same as "takes none"
    profile_version integer NOT NULL DEFAULT 1,
    created_by bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    demo boolean NOT NULL DEFAULT false,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT patients_code_unique UNIQUE (shop_id, code),
    CONSTRAINT patients_created_by FOREIGN KEY (shop_id, created_by) REFERENCES users
);

-- What was typed is kept; drug_id is what it was understood as, NULL when it was not.
CREATE TABLE patient_medicines (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    patient_id bigint NOT NULL,
    typed text NOT NULL CONSTRAINT patient_medicines_typed_length CHECK (length(typed) BETWEEN 1 AND 200),
    drug_id slug CONSTRAINT patient_medicines_drug REFERENCES drugs,
    directions text,
    indication text,
    started_on date,
    noted_by bigint,
    noted_at timestamptz NOT NULL DEFAULT now(),
    stopped_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT patient_medicines_patient FOREIGN KEY (shop_id, patient_id) REFERENCES patients,
    CONSTRAINT patient_medicines_noted_by FOREIGN KEY (shop_id, noted_by) REFERENCES users
);
CREATE INDEX patient_medicines_current ON patient_medicines (shop_id, patient_id) WHERE stopped_at IS NULL;

CREATE TABLE patient_conditions (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    patient_id bigint NOT NULL,
    typed text NOT NULL CONSTRAINT patient_conditions_typed_length CHECK (length(typed) BETWEEN 1 AND 200),
    condition_id slug CONSTRAINT patient_conditions_condition REFERENCES conditions,
    note text,
    since date,
    noted_by bigint,
    noted_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT patient_conditions_patient FOREIGN KEY (shop_id, patient_id) REFERENCES patients,
    CONSTRAINT patient_conditions_noted_by FOREIGN KEY (shop_id, noted_by) REFERENCES users
);
CREATE INDEX patient_conditions_current ON patient_conditions (shop_id, patient_id) WHERE ended_at IS NULL;

CREATE TABLE patient_allergies (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    patient_id bigint NOT NULL,
    typed text NOT NULL CONSTRAINT patient_allergies_typed_length CHECK (length(typed) BETWEEN 1 AND 200),
    allergen_kind text NOT NULL CONSTRAINT patient_allergies_kind_known CHECK (allergen_kind IN ('herb', 'drug', 'other')),
    herb_id slug CONSTRAINT patient_allergies_herb REFERENCES herbs,
    drug_id slug CONSTRAINT patient_allergies_drug REFERENCES drugs,
    reaction text,
    severity text,
    noted_by bigint,
    noted_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT patient_allergies_patient FOREIGN KEY (shop_id, patient_id) REFERENCES patients,
    CONSTRAINT patient_allergies_noted_by FOREIGN KEY (shop_id, noted_by) REFERENCES users
);
CREATE INDEX patient_allergies_current ON patient_allergies (shop_id, patient_id) WHERE ended_at IS NULL;
