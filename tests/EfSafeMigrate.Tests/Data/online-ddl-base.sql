CREATE TABLE `P` (`Id` int NOT NULL, PRIMARY KEY (`Id`));
CREATE TABLE `H` (`Id` int NOT NULL, `A` int NULL);
CREATE TABLE `T` (
    `Id` int NOT NULL AUTO_INCREMENT,
    `A` int NOT NULL,
    `B` varchar(20) CHARACTER SET utf8mb4 NULL,
    `C` int NULL,
    `D` int NOT NULL DEFAULT 0,
    `F` int NULL,
    `G` varchar(90) CHARACTER SET utf8mb4 NULL,
    `I` int NULL,
    `K` varchar(40) CHARACTER SET utf8mb4 NULL,
    `L` longtext CHARACTER SET utf8mb4 NULL,
    `M` varchar(20) CHARACTER SET utf8mb4 NULL,
    `U` int NULL,
    `V` int NOT NULL,
    PRIMARY KEY (`Id`),
    CONSTRAINT `CK_T_B` CHECK (`D` >= 0),
    CONSTRAINT `AK_T_V` UNIQUE (`V`),
    KEY `IX_T_F` (`F`), KEY `IX_T_I` (`I`), KEY `IX_T_M` (`M`),
    CONSTRAINT `FK_T_P_F` FOREIGN KEY (`F`) REFERENCES `P` (`Id`));
