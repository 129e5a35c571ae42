-- Medicines for a list; $1 is held by the generic name, another name, or a brand.
SELECT d.id, d.generic_inn, d.alt_names, d.classes, d.atc, d.rxcui, d.brands_us, d.brands_uk, d.brands_au, d.brands_eu
  FROM drugs d
 WHERE d.retired_at IS NULL
   AND ($1::text IS NULL
        OR strpos(lower(concat_ws(' ', d.id, d.generic_inn, d.alt_names, d.brands_us, d.brands_uk, d.brands_au, d.brands_eu)),
                  lower($1::text)) > 0)
 ORDER BY d.generic_inn, d.id
