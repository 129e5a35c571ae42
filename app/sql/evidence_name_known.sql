-- Whether a name of a thing is one that can be retired or given back: a row of its own, a medicine's, or the shop's.
SELECT EXISTS (SELECT FROM shop_synonyms WHERE shop_id = $1::bigint AND thing_kind = $2::text AND thing_id = $3::text AND synonym = $4::text)
       OR CASE $2
          WHEN 'herb' THEN EXISTS (SELECT FROM herb_synonyms WHERE herb_id = $3 AND synonym = $4 AND retired_at IS NULL)
          WHEN 'formula' THEN EXISTS (SELECT FROM formula_synonyms WHERE formula_id = $3 AND synonym = $4 AND retired_at IS NULL)
          WHEN 'drug_class' THEN EXISTS (SELECT FROM drug_class_synonyms WHERE class_id = $3 AND synonym = $4 AND retired_at IS NULL)
          WHEN 'condition' THEN EXISTS (SELECT FROM condition_synonyms WHERE condition_id = $3 AND synonym = $4 AND retired_at IS NULL)
          WHEN 'product' THEN EXISTS (SELECT FROM product_synonyms WHERE product_id = $3 AND synonym = $4 AND retired_at IS NULL)
          ELSE EXISTS (SELECT FROM drugs d
                         CROSS JOIN regexp_split_to_table(concat_ws(';', d.alt_names, d.brands_us, d.brands_uk, d.brands_au, d.brands_eu), ';') AS part
                        WHERE d.id = $3 AND d.retired_at IS NULL AND btrim(split_part(part, '(', 1)) = $4) END AS known
