-- The house formulas in use, by name; $2 is held by the name.
SELECT f.id, f.name, f.version, f.indication, u.display_name AS created_by, f.created_at,
       (SELECT sum(l.daily_mg)::bigint FROM house_formula_lines l WHERE l.shop_id = $1 AND l.house_formula_id = f.id) AS daily_mg,
       (SELECT json_agg(json_build_object('herb_id', l.herb_id, 'pinyin', h.pinyin, 'hanzi', h.hanzi, 'processing', l.processing,
                                          'daily_mg', l.daily_mg) ORDER BY l.line_no)
          FROM house_formula_lines l JOIN herbs h ON h.id = l.herb_id
         WHERE l.shop_id = $1 AND l.house_formula_id = f.id) AS items,
       (SELECT string_agg(h.pinyin || ' ' || trim_scale(l.daily_mg / 1000.0) || ' g', ', ' ORDER BY l.line_no)
          FROM house_formula_lines l JOIN herbs h ON h.id = l.herb_id
         WHERE l.shop_id = $1 AND l.house_formula_id = f.id) AS composition
  FROM house_formulas f
  JOIN users u ON u.shop_id = $1 AND u.id = f.created_by
 WHERE f.shop_id = $1::bigint AND NOT f.retired
   AND NOT EXISTS (SELECT FROM house_formulas n
                    WHERE n.shop_id = $1 AND n.name_key = f.name_key AND n.version > f.version)
   AND ($2::text IS NULL OR strpos(f.name_key, lower($2::text)) > 0)
 ORDER BY f.name_key
