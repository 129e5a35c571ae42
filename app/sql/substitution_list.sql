-- Proposals, the newest first: of one prescription ($2), or those in a state ($3: open, consented, refused, overtaken).
SELECT * FROM (
    SELECT s.id, s.prescription_id, s.version, s.order_id, s.kind, s.score_permille, s.note, author.display_name AS proposed_by, s.proposed_at,
           CASE WHEN a.consented THEN 'consented' WHEN NOT a.consented THEN 'refused'
                WHEN latest.version > s.version THEN 'overtaken' ELSE 'open' END AS state,
           a.version AS became_version, a.note AS answer_note, answerer.display_name AS answered_by, a.answered_at,
           (SELECT json_agg(json_build_object('herb_id', l.herb_id, 'pinyin', h.pinyin, 'hanzi', h.hanzi, 'processing', l.processing,
                                              'item', nullif(l.name, ''), 'formula_id', l.formula_id, 'daily_mg', l.daily_mg)
                            ORDER BY l.line_no)
              FROM substitution_lines l JOIN herbs h ON h.id = l.herb_id
             WHERE l.shop_id = $1 AND l.substitution_id = s.id) AS items,
           (SELECT coalesce(json_agg(json_build_object('herb_id', d.herb_id, 'name', h.pinyin || ' ' || h.hanzi, 'was_mg', d.was_mg,
                                                       'is_mg', d.is_mg) ORDER BY d.herb_id), '[]')
              FROM substitution_differences d JOIN herbs h ON h.id = d.herb_id
             WHERE d.shop_id = $1 AND d.substitution_id = s.id) AS differences,
           (SELECT coalesce(string_agg(h.pinyin || ' ' || d.was_mg / 1000.0 || ' -> ' || d.is_mg / 1000.0 || ' g', '; '
                                       ORDER BY d.herb_id), 'the same herbs')
              FROM substitution_differences d JOIN herbs h ON h.id = d.herb_id
             WHERE d.shop_id = $1 AND d.substitution_id = s.id) AS summary
      FROM substitutions s
      JOIN users author ON author.shop_id = $1 AND author.id = s.proposed_by
      JOIN LATERAL (SELECT max(version) AS version FROM prescription_versions v
                     WHERE v.shop_id = $1 AND v.prescription_id = s.prescription_id) latest ON true
      LEFT JOIN substitution_answers a ON a.shop_id = $1 AND a.substitution_id = s.id
      LEFT JOIN users answerer ON answerer.shop_id = $1 AND answerer.id = a.answered_by
     WHERE s.shop_id = $1::bigint AND ($2::bigint IS NULL OR s.prescription_id = $2)
     ORDER BY s.id DESC
     LIMIT 200) listed
 WHERE $3::text IS NULL OR state = $3
