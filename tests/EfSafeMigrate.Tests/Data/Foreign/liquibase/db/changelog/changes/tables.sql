--liquibase formatted sql

--changeset ada:1
CREATE TABLE customers (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    email varchar(255) NOT NULL,
    fax varchar(40)
);
--rollback DROP TABLE customers;

--changeset ada:2 labels:orders
CREATE TABLE orders (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    placed_at datetime NOT NULL,
    customer_id bigint NOT NULL
);
--rollback DROP TABLE orders;
