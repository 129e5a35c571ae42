-- Who may do what at all, and the shops everything else belongs to.
--
-- yaofang_owner  owns the tables: migrations and seeding. Row-level security does not bind it.
-- yaofang_app    the service: only what the grants of 0009 name.
-- yaofang_read   reports by hand: reads, within one shop.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['yaofang_owner', 'yaofang_app', 'yaofang_read'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            END IF;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN
                NULL; -- another database of this cluster is being migrated at the same moment
        END;
        IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO %I', wanted, current_user);
        END IF;
    END LOOP;
END
$$;
GRANT USAGE, CREATE ON SCHEMA public TO yaofang_owner;
GRANT USAGE ON SCHEMA public TO yaofang_app, yaofang_read;
GRANT ALL ON schema_migrations TO yaofang_owner;
GRANT SELECT ON schema_migrations TO yaofang_app, yaofang_read;
SET LOCAL ROLE yaofang_owner;

-- The shop this transaction speaks for; the service's database layer sets it. NULL shows nothing.
CREATE FUNCTION current_shop() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('yaofang.shop_id', true), '')::bigint;

CREATE TABLE shops (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug text NOT NULL CONSTRAINT shops_slug_unique UNIQUE CONSTRAINT shops_slug_form CHECK (slug ~ '^[a-z0-9-]{1,60}$'),
    name text NOT NULL,
    name_hanzi text,
    street text,
    city text,
    region text,
    postal_code text,
    country text,
    phone text,
    registration text,
    time_zone text NOT NULL DEFAULT 'UTC',
    currency char(3) NOT NULL DEFAULT 'USD',
    jurisdiction text,
    label_profile text,
    label_profile_note text,
    -- How far a weighed line may be off before another person must approve it, in thousandths.
    weigh_tolerance_permille integer NOT NULL DEFAULT 50
        CONSTRAINT shops_weigh_tolerance_range CHECK (weigh_tolerance_permille BETWEEN 0 AND 200),
    reservation_minutes integer NOT NULL DEFAULT 480
        CONSTRAINT shops_reservation_range CHECK (reservation_minutes BETWEEN 1 AND 43200),
    demo boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- What day it is in the shop: the one meaning of "today" (PRODUCT law 3).
CREATE FUNCTION shop_today(p_shop_id bigint) RETURNS date LANGUAGE sql STABLE
    RETURN (SELECT (now() AT TIME ZONE time_zone)::date FROM shops WHERE id = p_shop_id);
