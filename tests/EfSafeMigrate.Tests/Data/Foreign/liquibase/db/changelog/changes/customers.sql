--liquibase formatted sql

--changeset grace:customer-note
ALTER TABLE customers ADD COLUMN note text;
--rollback ALTER TABLE customers DROP COLUMN note;

--changeset grace:customer-fax runInTransaction:false
ALTER TABLE customers DROP COLUMN fax;
--rollback ALTER TABLE customers ADD COLUMN fax varchar(40);

--changeset grace:only-elsewhere dbms:postgresql
DROP TABLE orders;
