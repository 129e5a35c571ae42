-- The reference's granule ratios that the shop has no own row for.
SELECT r.herb_id, h.pinyin, h.hanzi, 'reference' AS state, r.crude_g_per_g::text AS crude_g_per_g, r.low::text AS low, r.high::text AS high,
       r.note, r.source AS citation, r.version, NULL::date AS effective_from, NULL::date AS effective_to, NULL AS change, NULL AS reason
  FROM granule_ratios r JOIN herbs h ON h.id = r.herb_id
 WHERE r.retired_at IS NULL
   AND NOT EXISTS (SELECT FROM evidence_in_force($1::bigint, shop_today($1)) p
                    WHERE p.kind = 'ratio' AND p.key = r.herb_id AND p.change <> 'revert')
 ORDER BY r.herb_id
