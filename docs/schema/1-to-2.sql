-- Takes tables of version 1 to version 2, on SQLite (3.35 and later) and PostgreSQL alike: in one transaction, while no version of the library works on them.
-- A host whose migrations make the tables adds the last statement to the migration that brings the others.
BEGIN;
ALTER TABLE two_factor_directory_users DROP COLUMN email_folded;
ALTER TABLE two_factor_members ADD COLUMN grouped BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE two_factor_members ADD COLUMN name VARCHAR(256) NOT NULL DEFAULT '';
ALTER TABLE two_factor_members ADD COLUMN email VARCHAR(320) NOT NULL DEFAULT '';
UPDATE two_factor_schema SET version = 2;
UPDATE two_factor_members SET
  grouped = EXISTS (SELECT 1 FROM two_factor_member_groups g WHERE g.organization = two_factor_members.organization AND g.user_id = two_factor_members.user_id),
  name = COALESCE((SELECT u.name FROM two_factor_directory_users u WHERE u.user_id = two_factor_members.user_id), user_id),
  email = COALESCE((SELECT u.email FROM two_factor_directory_users u WHERE u.user_id = two_factor_members.user_id), '');
COMMIT;
