create table customers(id integer primary key);
create table orders(id integer primary key, customer_id integer, qty integer, note text, code text, status text);
create index ix_orders_code on orders(code);
create trigger tr after insert on orders begin select 1; end;
