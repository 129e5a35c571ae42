-- Demo drawers and shelves, and the places outside and between that the ledger needs.
INSERT INTO locations (shop_id, code, name, kind, restricted)
SELECT $1::bigint, r->>'code', r->>'name', r->>'kind', r->>'restricted' = 'yes' FROM rows_of($2::text[], $3::text[]) r
 UNION ALL
SELECT $1::bigint, p.code, p.name, p.kind, false
  FROM (VALUES ('SUPPLIER', 'Suppliers', 'supplier'), ('PATIENT', 'Patients', 'patient'), ('LOSS', 'Waste and loss', 'loss'),
               ('ADJUST', 'Count differences', 'adjustment'),
                        ('TRANSIT', 'On the way to another shop', 'transit'), ('MAKING', 'In a batch being made', 'making'),
                        ('MADE', 'Turned into something else', 'production'), ('SHOPS', 'Other shops', 'other_shop')) p (code, name, kind)
