-- Flyway sees by itself that this one needs no transaction.
CREATE INDEX CONCURRENTLY ix_orders_customer ON orders (customer_id);
