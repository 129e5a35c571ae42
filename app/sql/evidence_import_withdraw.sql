-- Taking back a file's proposals; the database refuses when they are another person's.
INSERT INTO evidence_decisions (shop_id, proposal_id, author_id, verdict, decided_by, note)
SELECT p.shop_id, p.id, p.author_id, 'withdrawn', $3::bigint, 'the file it came with was taken back'
  FROM evidence_proposals p
 WHERE p.shop_id = $1::bigint AND p.import_id = $2::bigint
