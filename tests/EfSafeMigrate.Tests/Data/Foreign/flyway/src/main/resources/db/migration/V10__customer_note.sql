SET lock_timeout = '2s';

ALTER TABLE customers ADD COLUMN note text;

ALTER TABLE customers DROP COLUMN fax;
