CREATE OR REPLACE VIEW open_orders AS
SELECT o.id, o.placed_at, c.email
FROM orders o
JOIN customers c ON c.id = o.customer_id;
