create table customers(id bigint not null primary key, email nvarchar(100), name nvarchar(50));
create table orders(id bigint not null identity constraint PK_orders primary key, customer_id bigint not null, qty int, qty2 int not null default 0, total decimal(10,2), note nvarchar(max), code nvarchar(20), status nvarchar(20), placed_at datetime2, settings nvarchar(max), cc nchar(10));
create index ix_orders_code on orders(code);
