-- What a statement asks for every order, line or finding keeps its plan. A function in SQL whose body reads a table is planned anew in
-- every statement that calls it, 0.1 to 0.5 ms each time, for look-ups of some microseconds; in PL/pgSQL it is planned once a connection.
-- They say what they said.
SET LOCAL ROLE yaofang_owner;

CREATE OR REPLACE FUNCTION shop_today(p_shop_id bigint) RETURNS date LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT (now() AT TIME ZONE time_zone)::date FROM shops WHERE id = p_shop_id);
END
$$;

CREATE OR REPLACE FUNCTION place_of(p_shop_id bigint, p_kind text) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT min(id) FROM locations WHERE shop_id = p_shop_id AND kind = p_kind);
END
$$;

CREATE OR REPLACE FUNCTION holds_role(p_shop_id bigint, p_user_id bigint, p_roles text[]) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM user_roles r WHERE r.shop_id = p_shop_id AND r.user_id = p_user_id AND r.role = ANY (p_roles));
END
$$;

CREATE OR REPLACE FUNCTION second_look_due(p_shop_id bigint, p_mode_id bigint, p_first_at timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM single_person_modes m
                    WHERE m.shop_id = p_shop_id AND m.id = p_mode_id AND m.switched_off_at IS NULL
                      AND now() >= p_first_at + make_interval(mins => m.delay_minutes));
END
$$;

CREATE OR REPLACE FUNCTION tier_for(p_shop_id bigint, p_role text, p_moment text, p_severity text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce((SELECT s.tier::text FROM shop_tiers s
                      WHERE s.shop_id = p_shop_id AND s.role = p_role AND s.moment = p_moment AND s.severity = p_severity),
                    (SELECT t.tier::text FROM tiers t
                      WHERE t.role = p_role AND t.moment = p_moment AND t.severity = p_severity AND t.retired_at IS NULL),
                    'list');
END
$$;

CREATE OR REPLACE FUNCTION screening_is_current(p_shop_id bigint, p_screening_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM screenings s
                     JOIN patients p ON p.shop_id = s.shop_id AND p.id = s.patient_id
                    WHERE s.shop_id = p_shop_id AND s.id = p_screening_id AND s.profile_version = p.profile_version
                      AND NOT EXISTS (SELECT FROM screenings n WHERE n.shop_id = s.shop_id AND n.prescription_id = s.prescription_id
                                         AND n.version = s.version AND n.id > s.id)
                      AND NOT EXISTS (SELECT FROM rescreen_jobs j WHERE j.shop_id = s.shop_id AND j.cause = 'rule_book'
                                         AND j.made_at > s.made_at));
END
$$;

CREATE OR REPLACE FUNCTION handling_words(codes text, language text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT coalesce(string_agg(coalesce(p.own || coalesce(' ' || p.han, ''), replace(h.code, '_', ' ')), ', ' ORDER BY h.n), '')
              FROM unnest(string_to_array(handling_words.codes, ';')) WITH ORDINALITY AS h (code, n)
              LEFT JOIN LATERAL (
                  SELECT CASE handling_words.language WHEN 'polish' THEN coalesce(l.polish, l.english)
                                                      WHEN 'spanish' THEN coalesce(l.spanish, l.english) ELSE l.english END AS own,
                         CASE handling_words.language WHEN 'zh_hant' THEN coalesce(l.zh_hant, l.zh_hans) ELSE l.zh_hans END AS han
                    FROM label_phrases l
                   WHERE l.key = 'handling_' || h.code) p ON true
             WHERE h.code <> '');
END
$$;

CREATE OR REPLACE FUNCTION order_fact(p_shop_id bigint, p_order_id bigint, p_prescription_id bigint, p_field text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN nullif(coalesce(
        (SELECT f.text FROM label_facts f WHERE f.shop_id = p_shop_id AND f.order_id = p_order_id AND f.field = p_field
          ORDER BY f.id DESC LIMIT 1),
        (SELECT f.text FROM label_facts f WHERE f.shop_id = p_shop_id AND f.prescription_id = p_prescription_id AND f.field = p_field
          ORDER BY f.id DESC LIMIT 1)), '');
END
$$;

CREATE OR REPLACE FUNCTION patient_fact(p_shop_id bigint, p_patient_id bigint, p_field text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN nullif((SELECT f.text FROM label_facts f WHERE f.shop_id = p_shop_id AND f.patient_id = p_patient_id AND f.field = p_field
                    ORDER BY f.id DESC LIMIT 1), '');
END
$$;

CREATE OR REPLACE FUNCTION person_fact(p_shop_id bigint, p_user_id bigint, p_field text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN nullif((SELECT f.text FROM label_facts f WHERE f.shop_id = p_shop_id AND f.user_id = p_user_id AND f.field = p_field
                    ORDER BY f.id DESC LIMIT 1), '');
END
$$;
