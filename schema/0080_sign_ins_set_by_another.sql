-- A password that an administrator had made is known to two people until its owner chooses another (OWASP ASVS 2.3.1): who had it made
-- stands with the account until then. NULL: her own, or made by whoever has the machine.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE users ADD COLUMN sign_in_set_by bigint;
ALTER TABLE users ADD CONSTRAINT users_sign_in_set_by FOREIGN KEY (shop_id, sign_in_set_by) REFERENCES users;
GRANT UPDATE (sign_in_set_by) ON users TO yaofang_app;
