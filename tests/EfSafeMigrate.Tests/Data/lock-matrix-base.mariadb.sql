CREATE TABLE customers (
    id int NOT NULL AUTO_INCREMENT,
    name varchar(50) NOT NULL,
    PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4;
CREATE TABLE orders (
    id int NOT NULL AUTO_INCREMENT,
    customer_id int NOT NULL,
    qty int NOT NULL,
    qty_n int NULL,
    amount decimal(10,2) NOT NULL,
    code varchar(50) NOT NULL,
    name varchar(50) NULL,
    v20 varchar(20) NULL,
    v100 varchar(100) NULL,
    vl varchar(50) CHARACTER SET latin1 NULL,
    v3 varchar(50) CHARACTER SET utf8mb3 NULL,
    note longtext NULL,
    js longtext NULL,
    ch char(10) NULL,
    guid_text char(36) NOT NULL,
    created datetime NOT NULL,
    created6 datetime(6) NOT NULL,
    ext_no int NOT NULL,
    g_src int NULL,
    rl float NULL,
    en enum('a','b','c') NOT NULL DEFAULT 'a',
    flag tinyint(1) NOT NULL DEFAULT 0,
    PRIMARY KEY (id),
    UNIQUE KEY ak_guid (guid_text),
    KEY ix_customer (customer_id),
    KEY ix_code (code),
    CONSTRAINT ck_qty CHECK (qty >= 0),
    CONSTRAINT fk_cust FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4;
CREATE TABLE order_lines (
    id int NOT NULL AUTO_INCREMENT,
    order_id int NOT NULL,
    sku varchar(20) NULL,
    PRIMARY KEY (id),
    KEY ix_order (order_id),
    CONSTRAINT fk_ord FOREIGN KEY (order_id) REFERENCES orders (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4;
