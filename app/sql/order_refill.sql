-- Whether the version has let an order out on its latest screening already: then the next is a refill, and screened anew.
SELECT EXISTS (SELECT FROM releases r
                WHERE r.shop_id = $1::bigint AND r.prescription_id = $2::bigint AND r.version = $3::integer
                  AND r.screening_id = (SELECT max(s.id) FROM screenings s
                                         WHERE s.shop_id = r.shop_id AND s.prescription_id = r.prescription_id
                                           AND s.version = r.version)) AS refill
