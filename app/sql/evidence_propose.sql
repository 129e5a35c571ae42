-- A proposal: the next version of its key. Two who propose the same at once would both take one number: the unique key refuses the
-- second, who tries again. A rule without a key is a new one, numbered on.
WITH named AS (
    SELECT coalesce($3::text, (SELECT 'own_' || 1 + coalesce(max(substring(key FROM 5)::integer), 0) FROM evidence_proposals
                                WHERE shop_id = $1::bigint AND kind = 'rule' AND key ~ '^own_[0-9]{1,9}$')) AS key
)
INSERT INTO evidence_proposals (shop_id, kind, key, version, change, reason, citation, effective_from, effective_to,
                                reference_version, import_id, author_id)
SELECT $1, $2::text, n.key,
       1 + coalesce((SELECT max(version) FROM evidence_proposals p WHERE p.shop_id = $1 AND p.kind = $2 AND p.key = n.key), 0),
       $4::text, $5::text, $6::text, coalesce($7::date, shop_today($1)), $8::date,
       CASE $2 WHEN 'rule' THEN coalesce((SELECT version FROM rules WHERE id = n.key AND retired_at IS NULL),
                                         (SELECT version FROM general_rules WHERE id = n.key AND retired_at IS NULL))
               WHEN 'ratio' THEN (SELECT version FROM granule_ratios WHERE herb_id = n.key AND retired_at IS NULL) END,
       $10::bigint, $9::bigint
  FROM named n
RETURNING id, version, key
