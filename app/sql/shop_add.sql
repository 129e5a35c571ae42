-- A new shop, with the places outside and between that the ledger needs. No row when PostgreSQL knows no such time zone.
WITH made AS (
    INSERT INTO shops (slug, name, street, city, region, postal_code, country, phone, registration, time_zone, currency)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, z.name, upper($11)
      FROM pg_timezone_names z WHERE z.name = $10
    RETURNING id
), places AS (
    INSERT INTO locations (shop_id, code, name, kind)
    SELECT m.id, p.code, p.name, p.kind
      FROM made m
     CROSS JOIN (VALUES ('SUPPLIER', 'Suppliers', 'supplier'), ('PATIENT', 'Patients', 'patient'),
                        ('LOSS', 'Waste and loss', 'loss'), ('ADJUST', 'Count differences', 'adjustment'),
                        ('TRANSIT', 'On the way to another shop', 'transit'), ('MAKING', 'In a batch being made', 'making'),
                        ('MADE', 'Turned into something else', 'production'), ('SHOPS', 'Other shops', 'other_shop')) p (code, name, kind)
)
SELECT id FROM made
