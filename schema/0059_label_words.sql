-- A phrase in a patient's language, English where there is none. A plain expression, so that it costs a statement nothing.
CREATE FUNCTION phrase_in(p label_phrases, p_language text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(CASE p_language WHEN 'zh_hans' THEN (p).zh_hans WHEN 'zh_hant' THEN (p).zh_hant WHEN 'polish' THEN (p).polish
                                    WHEN 'spanish' THEN (p).spanish END, (p).english);
