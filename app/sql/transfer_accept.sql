-- Books what another shop sent, in both shops at once.
SELECT transfer_accept($1, $2, $3, $4::bigint[]::integer[], $5::bigint[], $6::bigint[], $7::bigint[], $8) AS id
