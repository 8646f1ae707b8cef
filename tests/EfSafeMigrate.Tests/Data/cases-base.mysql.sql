create table customers(id bigint primary key) engine=innodb;
create table orders(id bigint primary key, customer_id bigint not null default 1, qty int, qty2 int not null default 0, total decimal(10,2), note varchar(200), code varchar(20), name varchar(200), kind enum('a','b')) engine=innodb charset=utf8mb4;
