-- The reference's names that stand in rows of their own (a medicine's stand with the medicine).
SELECT n.thing_kind, n.thing_id, n.synonym,
       CASE WHEN EXISTS (SELECT FROM evidence_in_force($1::bigint, shop_today($1)) p
                          WHERE p.kind = 'synonym' AND p.change = 'retire' AND p.key = n.thing_kind || ':' || n.thing_id || ':' || n.synonym)
            THEN 'retired' ELSE 'reference' END AS state,
       n.source AS citation, n.version, NULL::date AS effective_from, NULL::date AS effective_to, NULL AS change, NULL AS reason
  FROM (SELECT 'herb' AS thing_kind, herb_id AS thing_id, synonym, source, version FROM herb_synonyms WHERE retired_at IS NULL
        UNION ALL SELECT 'formula', formula_id, synonym, source, version FROM formula_synonyms WHERE retired_at IS NULL
        UNION ALL SELECT 'drug_class', class_id, synonym, source, version FROM drug_class_synonyms WHERE retired_at IS NULL
        UNION ALL SELECT 'condition', condition_id, synonym, source, version FROM condition_synonyms WHERE retired_at IS NULL
        UNION ALL SELECT 'product', product_id, synonym, source, version FROM product_synonyms WHERE retired_at IS NULL) n
 ORDER BY n.thing_kind, n.thing_id, n.synonym
