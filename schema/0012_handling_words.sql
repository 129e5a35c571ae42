-- How herbs are handled in the pot, in words: one place for label, weigh sheet, command line and page. `codes` is a list
-- ("decoct_first;crush"), the words are the phrases handling_… of label_phrases: in the patient's language, else English, and in
-- Chinese for the bench. A code without a phrase stays readable rather than vanish from a label.
SET LOCAL ROLE yaofang_owner;

CREATE FUNCTION handling_words(codes text, language text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(string_agg(coalesce(p.own || coalesce(' ' || p.han, ''), replace(h.code, '_', ' ')), ', ' ORDER BY h.n), '')
      FROM unnest(string_to_array(codes, ';')) WITH ORDINALITY AS h (code, n)
      LEFT JOIN LATERAL (
          SELECT CASE language WHEN 'polish' THEN coalesce(polish, english) WHEN 'spanish' THEN coalesce(spanish, english)
                               ELSE english END AS own,
                 CASE language WHEN 'zh_hant' THEN coalesce(zh_hant, zh_hans) ELSE zh_hans END AS han
            FROM label_phrases
           WHERE key = 'handling_' || h.code
      ) p ON true
     WHERE h.code <> ''
$$;
