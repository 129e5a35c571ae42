-- Ways of handling in words, in English with the Chinese, in the order given ($1).
SELECT handling_words(g.codes, 'english') AS words FROM unnest($1::text[]) WITH ORDINALITY AS g (codes, n) ORDER BY g.n
