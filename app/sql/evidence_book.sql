-- The shop's own rows of the evidence book: one for each rule, name or ratio that somebody proposed something about, with what it
-- says, how it stands today and how many proposals wait. What it says is what the version in force sets; before there is one, what
-- the newest proposal would set; of a reference row that is put out of use or speaks again, the reference's.
-- $2: a part of key or content; $3: kind; $4: standing (waiting: something is undecided); $5: at most so many; $6: newest proposal below it.
WITH heads AS (
    SELECT p.kind, p.key, max(p.id) AS newest_id, max(p.version) AS versions,
           count(*) FILTER (WHERE d.verdict IS NULL) AS waiting,
           min(p.effective_from) FILTER (WHERE d.verdict = 'approved' AND p.effective_from > shop_today($1::bigint)) AS next_from,
           max(p.effective_to) FILTER (WHERE d.verdict = 'approved') AS ended_on,
           bool_or(d.verdict = 'approved') AS ever
      FROM evidence_proposals p
      LEFT JOIN evidence_decisions d ON d.shop_id = p.shop_id AND d.proposal_id = p.id
     WHERE p.shop_id = $1::bigint AND ($3::text IS NULL OR p.kind = $3)
     GROUP BY p.kind, p.key
), rows AS (
    SELECT h.*, f.id AS in_force_id, f.change AS in_force_change, f.effective_from, f.effective_to, f.version,
           CASE WHEN f.change = 'set' THEN 'in_force' WHEN f.change = 'retire' THEN 'retired' WHEN f.change = 'revert' THEN 'reverted'
                WHEN h.next_from IS NOT NULL THEN 'upcoming' WHEN h.ever THEN 'ended'
                WHEN h.waiting > 0 THEN 'proposed' ELSE coalesce(nd.verdict, 'proposed') END AS standing,
           n.change AS newest_change, na.display_name AS newest_author, n.written_at AS newest_at,
           CASE WHEN f.change = 'set' THEN evidence_content(f) WHEN f.id IS NULL AND n.change = 'set' THEN evidence_content(n)
                WHEN h.kind = 'synonym' THEN jsonb_build_object('synonym', split_part(h.key, ':', 3))
                ELSE coalesce(evidence_reference(h.kind, h.key),
                              (SELECT evidence_content(o) FROM evidence_proposals o
                                WHERE o.shop_id = $1 AND o.kind = h.kind AND o.key = h.key AND o.change = 'set'
                                ORDER BY o.version DESC LIMIT 1)) END AS content
      FROM heads h
      JOIN evidence_proposals n ON n.shop_id = $1 AND n.id = h.newest_id
      JOIN users na ON na.shop_id = n.shop_id AND na.id = n.author_id
      LEFT JOIN evidence_decisions nd ON nd.shop_id = n.shop_id AND nd.proposal_id = n.id
      LEFT JOIN evidence_in_force($1::bigint, shop_today($1::bigint)) f ON f.kind = h.kind AND f.key = h.key
)
SELECT newest_id AS id, kind, key, standing, waiting, versions, version AS in_force_version, effective_from, effective_to, next_from,
       CASE WHEN standing = 'ended' THEN ended_on END AS ended_on, newest_change, newest_author, newest_at, content
  FROM rows
 WHERE ($2::text IS NULL OR concat_ws(' ', key, content::text) ILIKE '%' || $2 || '%')
   AND ($4::text IS NULL OR standing = $4 OR ($4 = 'waiting' AND waiting > 0))
   AND ($6::bigint IS NULL OR newest_id < $6)
 ORDER BY newest_id DESC
 LIMIT least(coalesce($5::bigint, 100), 1000)
