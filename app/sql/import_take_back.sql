-- Takes away the patients or items that an applied import made: the database knows which.
SELECT import_take_back($1::bigint, $2::bigint)
