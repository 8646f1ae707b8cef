create table customers(id bigint primary key, email varchar(100), name varchar(50));
create table orders(id bigint primary key, customer_id bigint, qty int, qty2 int not null default 0, total numeric(10,2), note text, code varchar(20), status text, placed_at timestamp, settings json, net cidr, host inet, due timestamptz, due3 timestamptz(3), lead3 interval(0), flags varbit(16), doc xml, cc char(10));
create index ix_orders_code on orders(code);
