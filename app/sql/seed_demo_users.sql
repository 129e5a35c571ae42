-- Demo staff, each with the hash of a password of their own ($4, in the file's order), and their roles.
WITH row AS (
    SELECT r, $4::text[] AS hashes, at FROM rows_of($2::text[], $3::text[]) WITH ORDINALITY AS f (r, at)
), made AS (
    INSERT INTO users (shop_id, username, display_name, name_hanzi, registration, password_hash, demo)
    SELECT $1, r->>'username', r->>'display_name', r->>'name_hanzi', r->>'registration', hashes[at], true FROM row
    RETURNING id, username
)
INSERT INTO user_roles (shop_id, user_id, role)
SELECT $1, m.id, role FROM made m JOIN row ON row.r->>'username' = m.username
 CROSS JOIN LATERAL unnest(string_to_array(row.r->>'role', ';')) role
