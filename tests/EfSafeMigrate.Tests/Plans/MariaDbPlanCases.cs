using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.MariaDb;
using EfSafeMigrate.Engines.MySql;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Tests.Plans;

/// <summary>Every pattern as it is on MariaDB and on MySQL, in the types and words of Pomelo.</summary>
internal static class MariaDbPlanCases
{
    private const string Customers = "CREATE TABLE `Customers` (`Id` int NOT NULL AUTO_INCREMENT, `Name` varchar(80) CHARACTER SET utf8mb4 NOT NULL, `Nick` longtext CHARACTER SET utf8mb4 NULL, CONSTRAINT `PK_Customers` PRIMARY KEY (`Id`));";

    private static readonly string Long = Customers.Replace("`Name` varchar(80)", "`Name` longtext", StringComparison.Ordinal);

    private const string First = "SUBSTRING_INDEX(`Name`, ' ', 1)";

    private const string Last = "IF(LOCATE(' ', `Name`) > 0, SUBSTRING(`Name`, LOCATE(' ', `Name`) + 1), NULL)";

    private const string Whole = "CONCAT(`FirstName`, COALESCE(CONCAT(' ', `LastName`), ''))";

    private static readonly string Parts = Customers.Replace("`Name` varchar(80) CHARACTER SET utf8mb4 NOT NULL", "`FirstName` varchar(80) CHARACTER SET utf8mb4 NOT NULL, `LastName` varchar(80) CHARACTER SET utf8mb4 NULL", StringComparison.Ordinal);

    private const string Names = "INSERT INTO `Customers` (`Id`, `Name`) SELECT seq, IF(seq % 4 = 0, '', IF(seq % 4 = 1, CONCAT('solo', seq), IF(seq % 4 = 2, CONCAT(' two  spaces ', seq), CONCAT('Ann O''Hara ', seq)))) FROM seq_1_to_2500;";

    private const string Orders = "CREATE TABLE `Orders` (`Id` bigint NOT NULL, `Line` int NOT NULL, {0} CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`, `Line`){1});";

    private const string Rows = "INSERT INTO `Customers` (`Id`, `Name`, `Nick`) SELECT seq, CONCAT('name ', seq), IF(seq % 3 > 0, CONCAT('nick ', seq), NULL) FROM seq_1_to_2500;";

    private const string OrderRows = Rows + "INSERT INTO `Orders` (`Id`, `Line`, `CustomerId`) SELECT c.seq, l.seq, c.seq FROM seq_1_to_1500 c, seq_1_to_2 l;";

    private static readonly (string, string) SameNames = ("SELECT `Id`, `Name`, `Nick` FROM `Customers` ORDER BY 1", "SELECT `Id`, `FullName`, `Nick` FROM `Customers` ORDER BY 1");

    private const string CodedRows = "INSERT INTO `Orders` (`Id`, `Code`, `Total`) SELECT seq, seq, seq / 4 FROM seq_1_to_2500;";

    private const string CodedIndexes = "CREATE INDEX `IX_Orders_Code` ON `Orders` (`Code`); CREATE UNIQUE INDEX `IX_Orders_Total_Code` ON `Orders` (`Total`, `Code`, `Id`); ALTER TABLE `Orders` ADD CONSTRAINT `AK_Orders_Code` UNIQUE (`Code`, `Id`);";

    private static readonly (string, string) Codes = ("SELECT `Id`, `Code`, `Total` FROM `Orders` ORDER BY 1", "SELECT `Id`, `Code`, `Total` FROM `Orders` ORDER BY 1");

    private const string ShopRows = "INSERT INTO `Regions` VALUES (1), (2); INSERT INTO `Customers` (`Id`, `Name`, `Code`, `RegionId`) SELECT seq, CONCAT('name ', seq), seq, 1 + seq % 2 FROM seq_1_to_1200; INSERT INTO `Orders` SELECT seq, seq FROM seq_1_to_1200;";

    private static readonly RenameTable Moved = new(new(null, "Customers"), new(null, "Clients"));

    private static readonly IReadOnlyList<PlanCase> Cases =
    [
        new("rename a required column", Customers, Customers.Replace("`Name`", "`FullName`", StringComparison.Ordinal))
        {
            Guessed = [Rename("Customers", "Name", "FullName")], Rows = Rows, Kept = SameNames,
        },
        new("rename a required long text", Long, Long.Replace("`Name`", "`FullName`", StringComparison.Ordinal))
        {
            Guessed = [Rename("Customers", "Name", "FullName")], Rows = Rows, Kept = SameNames,
        },
        new("rename a column with index and default",
            Customers.Replace("`Name` varchar(80) CHARACTER SET utf8mb4 NOT NULL", "`Name` varchar(80) CHARACTER SET utf8mb4 NOT NULL DEFAULT 'nobody'", StringComparison.Ordinal) + "CREATE INDEX `IX_Customers_Name` ON `Customers` (`Name`); CREATE INDEX `IX_Both` ON `Customers` (`Id`, `Name`);",
            Customers.Replace("`Name` varchar(80) CHARACTER SET utf8mb4 NOT NULL", "`FullName` varchar(80) CHARACTER SET utf8mb4 NOT NULL DEFAULT 'nobody'", StringComparison.Ordinal) + "CREATE INDEX `IX_Customers_FullName` ON `Customers` (`FullName`); CREATE INDEX `IX_Both` ON `Customers` (`Id`, `FullName`);")
        {
            Guessed = [Rename("Customers", "Name", "FullName")], Rows = Rows, Kept = SameNames,
        },
        new("rename a column with unique objects",
            Customers + "ALTER TABLE `Customers` ADD CONSTRAINT `AK_Customers_Name` UNIQUE (`Name`); CREATE UNIQUE INDEX `IX_Customers_Name_Id` ON `Customers` (`Name`, `Id`);",
            Customers.Replace("`Name`", "`FullName`", StringComparison.Ordinal) + "ALTER TABLE `Customers` ADD CONSTRAINT `AK_Customers_FullName` UNIQUE (`FullName`); CREATE UNIQUE INDEX `IX_Customers_FullName_Id` ON `Customers` (`FullName`, `Id`);")
        {
            Guessed = [Rename("Customers", "Name", "FullName")], Rows = Rows, Kept = SameNames,
        },
        new("rename a column that becomes required", Customers, Customers.Replace("`Nick` longtext CHARACTER SET utf8mb4 NULL", "`Handle` longtext CHARACTER SET utf8mb4 NOT NULL", StringComparison.Ordinal))
        {
            Decisions = new([Rename("Customers", "Nick", "Handle")], [], [(new(null, "Customers"), "Handle", "CONCAT('none of ', `Name`)")]), Rows = Rows,
        },
        new("rename a foreign key column",
            Customers + Of("`CustomerId` int NOT NULL,", ", CONSTRAINT `FK_Orders_Customers_CustomerId` FOREIGN KEY (`CustomerId`) REFERENCES `Customers` (`Id`) ON DELETE CASCADE") + "CREATE INDEX `IX_Orders_CustomerId` ON `Orders` (`CustomerId`);",
            Customers + Of("`BuyerId` int NOT NULL,", ", CONSTRAINT `FK_Orders_Customers_BuyerId` FOREIGN KEY (`BuyerId`) REFERENCES `Customers` (`Id`) ON DELETE CASCADE") + "CREATE INDEX `IX_Orders_BuyerId` ON `Orders` (`BuyerId`);")
        {
            Guessed = [Rename("Orders", "CustomerId", "BuyerId")], Rows = OrderRows, Kept = ("SELECT `Id`, `Line`, `CustomerId` FROM `Orders` ORDER BY 1, 2", "SELECT `Id`, `Line`, `BuyerId` FROM `Orders` ORDER BY 1, 2"),
        },
        new("rename a foreign key column that a delete empties",
            Customers + Of("`CustomerId` int NULL,", ", CONSTRAINT `FK_Orders_Customers_CustomerId` FOREIGN KEY (`CustomerId`) REFERENCES `Customers` (`Id`) ON DELETE SET NULL") + "CREATE INDEX `IX_Orders_CustomerId` ON `Orders` (`CustomerId`);",
            Customers + Of("`BuyerId` int NULL,", ", CONSTRAINT `FK_Orders_Customers_BuyerId` FOREIGN KEY (`BuyerId`) REFERENCES `Customers` (`Id`) ON DELETE SET NULL") + "CREATE INDEX `IX_Orders_BuyerId` ON `Orders` (`BuyerId`);")
        {
            Guessed = [Rename("Orders", "CustomerId", "BuyerId")], Rows = OrderRows, Kept = ("SELECT `Id`, `Line`, `CustomerId` FROM `Orders` ORDER BY 1, 2", "SELECT `Id`, `Line`, `BuyerId` FROM `Orders` ORDER BY 1, 2"),
        },
        new("add a required column", Customers, Customers.Replace("CONSTRAINT", "`Slug` varchar(90) CHARACTER SET utf8mb4 NOT NULL, CONSTRAINT", StringComparison.Ordinal))
        {
            Decisions = new([], [], [(new(null, "Customers"), "Slug", "LOWER(CONCAT(`Name`, COALESCE(`Nick`, '')))")]), Rows = Rows,
        },
        new("add a required column with a default", Customers, Customers.Replace("CONSTRAINT", "`Level` int NOT NULL DEFAULT 3, CONSTRAINT", StringComparison.Ordinal))
        {
            Decisions = new([], [], [(new(null, "Customers"), "Level", "CHAR_LENGTH(`Name`)")]), Rows = Rows,
        },
        new("add a column whose default differs by row", Customers, Customers.Replace("CONSTRAINT", "`Token` char(36) CHARACTER SET utf8mb4 NOT NULL DEFAULT (uuid()), CONSTRAINT", StringComparison.Ordinal))
        {
            Rows = Rows,
        },
        new("make a column required", Customers.Replace("`Nick` longtext", "`Nick` varchar(40)", StringComparison.Ordinal), Customers.Replace("`Nick` longtext CHARACTER SET utf8mb4 NULL", "`Nick` varchar(40) CHARACTER SET utf8mb4 NOT NULL", StringComparison.Ordinal))
        {
            Decisions = new([], [], [(new(null, "Customers"), "Nick", "CONCAT('n', CHAR_LENGTH(`Name`))")]), Rows = Rows,
        },
        new("add a unique index to a filled column", Customers, Customers.Replace("CONSTRAINT", "`Slug` varchar(90) CHARACTER SET utf8mb4 NOT NULL, CONSTRAINT", StringComparison.Ordinal) + "CREATE UNIQUE INDEX `IX_Customers_Slug` ON `Customers` (`Slug`);")
        {
            Decisions = new([], [], [(new(null, "Customers"), "Slug", "`Name`")]), Rows = Rows,
        },
        new("a required number that was made up", Customers, Customers.Replace("CONSTRAINT", "`Level` int NOT NULL, CONSTRAINT", StringComparison.Ordinal))
        {
            Decisions = new([], [], [(new(null, "Customers"), "Level", "CHAR_LENGTH(`Name`)")]), Rows = Rows,
        },
        new("fill a column from one that is renamed", Customers, Customers.Replace("`Name`", "`FullName`", StringComparison.Ordinal).Replace("CONSTRAINT", "`Slug` varchar(90) CHARACTER SET utf8mb4 NOT NULL, CONSTRAINT", StringComparison.Ordinal))
        {
            Decisions = new([Rename("Customers", "Name", "FullName")], [], [(new(null, "Customers"), "Slug", "LOWER(`FullName`)")]), Rows = Rows, Kept = SameNames,
        },
        new("fill a column before one that is renamed", Customers, Customers.Replace("`Name` varchar(80) CHARACTER SET utf8mb4 NOT NULL", "`Slug` varchar(90) CHARACTER SET utf8mb4 NOT NULL, `FullName` varchar(80) CHARACTER SET utf8mb4 NOT NULL", StringComparison.Ordinal))
        {
            Decisions = new([Rename("Customers", "Name", "FullName")], [], [(new(null, "Customers"), "Slug", "LOWER(`FullName`)")]), Rows = Rows, Kept = SameNames,
        },
        new("rename a table", Shop("Customers", "`Name` varchar(80) CHARACTER SET utf8mb4 NOT NULL DEFAULT 'nobody', `Code` int NULL,"), Shop("Clients", "`Name` varchar(80) CHARACTER SET utf8mb4 NOT NULL DEFAULT 'nobody', `Code` int NULL,"))
        {
            Tables = [Moved], Rows = ShopRows, Kept = ("SELECT * FROM `Customers` ORDER BY 1", "SELECT * FROM `Clients` ORDER BY 1"),
        },
        new("rename a table and change its columns", Shop("Customers", "`Name` varchar(80) CHARACTER SET utf8mb4 NOT NULL, `Code` int NULL,"), Shop("Clients", "`FullName` varchar(80) CHARACTER SET utf8mb4 NOT NULL, `Code` int NULL, `Segment` varchar(90) CHARACTER SET utf8mb4 NOT NULL,"))
        {
            Tables = [Moved], Decisions = new([Rename("Clients", "Name", "FullName")], [], [(new(null, "Clients"), "Segment", "LOWER(`FullName`)")]), Rows = ShopRows,
            Kept = ("SELECT `Id`, `Name`, `RegionId` FROM `Customers` ORDER BY 1", "SELECT `Id`, `FullName`, `RegionId` FROM `Clients` ORDER BY 1"),
        },
        new("rename a table to a name before its own", Customers, Customers.Replace("Customers`", "Clients`", StringComparison.Ordinal))
        {
            Tables = [Moved], Rows = Rows, Kept = ("SELECT * FROM `Customers` ORDER BY 1", "SELECT * FROM `Clients` ORDER BY 1"),
        },
        new("rename a table to a name behind its own", Customers, Customers.Replace("Customers`", "People`", StringComparison.Ordinal))
        {
            Tables = [new(new(null, "Customers"), new(null, "People"))], Rows = Rows, Kept = ("SELECT * FROM `Customers` ORDER BY 1", "SELECT * FROM `People` ORDER BY 1"),
        },
        new("add a unique constraint", Customers, Customers + "ALTER TABLE `Customers` ADD CONSTRAINT `AK_Customers_Name` UNIQUE (`Name`);") { Rows = Rows },
        new("index another column under the same name", Customers + "CREATE INDEX `IX_Customers` ON `Customers` (`Name`);", Customers + "CREATE UNIQUE INDEX `IX_Customers` ON `Customers` (`Name`, `Id`);") { Rows = Rows },
        new("add a foreign key", Customers + Of("`CustomerId` int NULL,", ""),
            Customers + Of("`CustomerId` int NULL,", ", CONSTRAINT `FK_Orders_Customers` FOREIGN KEY (`CustomerId`) REFERENCES `Customers` (`Id`) ON DELETE SET NULL") + "CREATE INDEX `IX_Orders_CustomerId` ON `Orders` (`CustomerId`);")
        {
            Rows = OrderRows,
        },
        new("drop a foreign key", Customers + Of("`CustomerId` int NULL,", ", CONSTRAINT `FK_Orders_Customers` FOREIGN KEY (`CustomerId`) REFERENCES `Customers` (`Id`)") + "CREATE INDEX `IX_Orders_CustomerId` ON `Orders` (`CustomerId`);",
            Customers + Of("`CustomerId` int NULL,", "") + "CREATE INDEX `IX_Orders_CustomerId` ON `Orders` (`CustomerId`);")
        {
            Rows = OrderRows,
        },
        new("drop a foreign key and add a column", Customers + Of("`CustomerId` int NULL,", ", CONSTRAINT `FK_Orders_Customers` FOREIGN KEY (`CustomerId`) REFERENCES `Customers` (`Id`)") + "CREATE INDEX `IX_Orders_CustomerId` ON `Orders` (`CustomerId`);",
            Customers + Of("`CustomerId` int NULL, `Note` longtext CHARACTER SET utf8mb4 NULL,", "") + "CREATE INDEX `IX_Orders_CustomerId` ON `Orders` (`CustomerId`);")
        {
            Rows = OrderRows,
        },
        new("a type widens", Coded("`Code` int NOT NULL"), Coded("`Code` bigint NOT NULL")) { Rows = CodedRows, Kept = Codes },
        new("a type widens under indexes and a default", Coded("`Code` int NOT NULL DEFAULT 7") + CodedIndexes, Coded("`Code` bigint NOT NULL DEFAULT 8") + CodedIndexes) { Rows = CodedRows, Kept = Codes },
        new("an optional type widens", Coded("`Code` smallint NULL"), Coded("`Code` int NULL")) { Rows = CodedRows, Kept = Codes },
        new("rename a table of an odd name", Odd("It's ``a``", "`N` int NULL"), Odd("The \\new\\ \"one\" 'é'", "`N` int NULL"))
        {
            Tables = [new(new(null, "It's `a`"), new(null, "The \\new\\ \"one\" 'é'"))], Rows = "INSERT INTO `It's ``a``` (`Id`) VALUES (1), (2);",
            Kept = ("SELECT * FROM `It's ``a```", "SELECT * FROM `The \\new\\ \"one\" 'é'`"),
        },
        new("a type of an odd name widens", Odd("It's ``a``", "`Code's ``x`` \\` int NOT NULL") + "CREATE INDEX `IX 'of' \\` ON `It's ``a``` (`Code's ``x`` \\`);", Odd("It's ``a``", "`Code's ``x`` \\` bigint NOT NULL") + "CREATE INDEX `IX 'of' \\` ON `It's ``a``` (`Code's ``x`` \\`);")
        {
            Rows = "INSERT INTO `It's ``a``` VALUES (1, 7), (2, -8);", Kept = ("SELECT `Id`, `Code's ``x`` \\` FROM `It's ``a```", "SELECT `Id`, `Code's ``x`` \\` FROM `It's ``a```"),
        },
        new("a type narrows", Coded("`Code` bigint NOT NULL"), Coded("`Code` int NOT NULL")) { Rows = CodedRows, Kept = Codes },
        new("an optional text narrows", Coded("`Code` longtext CHARACTER SET utf8mb4 NULL"), Coded("`Code` varchar(6) CHARACTER SET utf8mb4 NULL")) { Rows = CodedRows, Kept = Codes },
        new("a text grows beyond 255 bytes", Coded("`Code` varchar(40) CHARACTER SET utf8mb4 NOT NULL") + "CREATE INDEX `IX_Orders_Code` ON `Orders` (`Code`);", Coded("`Code` varchar(300) CHARACTER SET utf8mb4 NOT NULL") + "CREATE INDEX `IX_Orders_Code` ON `Orders` (`Code`);") { Rows = CodedRows, Kept = Codes },
        new("a decimal gets more digits behind the point and fewer before", Coded("`Code` decimal(10,2) NOT NULL"), Coded("`Code` decimal(10,4) NOT NULL"))
        {
            Rows = CodedRows, Kept = ("SELECT `Id`, ROUND(`Code`, 2) FROM `Orders` ORDER BY 1", "SELECT `Id`, ROUND(`Code`, 2) FROM `Orders` ORDER BY 1"),
        },
        new("drop a required column", Customers, Customers.Replace("`Name` varchar(80) CHARACTER SET utf8mb4 NOT NULL, ", "", StringComparison.Ordinal)) { Rows = Rows },
        new("drop a required long text", Long, Long.Replace("`Name` longtext CHARACTER SET utf8mb4 NOT NULL, ", "", StringComparison.Ordinal)) { Rows = Rows },
        new("drop an optional column and an index", Customers + "CREATE INDEX `IX_Customers_Name` ON `Customers` (`Name`);", Customers.Replace("`Nick` longtext CHARACTER SET utf8mb4 NULL, ", "", StringComparison.Ordinal)) { Rows = Rows },
        new("split a required column", Customers, Parts)
        {
            Decisions = Said(), Rows = Names, Kept = ("SELECT `Id`, `Name` FROM `Customers` ORDER BY 1", $"SELECT `Id`, {Whole} FROM `Customers` ORDER BY 1"),
        },
        new("merge two columns", Parts + "CREATE INDEX `IX_Customers_LastName` ON `Customers` (`LastName`);", Customers + "CREATE INDEX `IX_Customers_Name` ON `Customers` (`Name`);")
        {
            Decisions = Said(), Rows = "INSERT INTO `Customers` (`Id`, `FirstName`, `LastName`) SELECT seq, CONCAT('Ann', seq), IF(seq % 3 = 0, NULL, IF(seq % 3 = 1, '', CONCAT('van  Dyk ', seq))) FROM seq_1_to_2500;",
            Kept = ("SELECT `Id`, `FirstName`, `LastName` FROM `Customers` ORDER BY 1", $"SELECT `Id`, {First}, {Last} FROM `Customers` ORDER BY 1"),
        },
        new("drop a table", Customers + Of("`CustomerId` int NULL,", ""), Customers) { Rows = OrderRows },
    ];

    public static IReadOnlyList<PlanCase> All { get; } =
    [
        .. Cases.Select(each => each with { On = MariaDbEngine.Value, Version = MariaDbEngine.Value.Assumed }),
        .. MariaDbMoveCases.All.Select(each => each with { On = MariaDbEngine.Value, Version = MariaDbEngine.Value.Assumed }),
        .. Cases.Append(MariaDbMoveCases.Optional).Select(each => each with { On = MySqlEngine.Value, Version = MySqlEngine.Value.Assumed, Name = $"{each.Name}, on MySQL" }),
    ];

    public static PlanCase Named(string name) => All.Single(each => each.Name == name);

    private static Decisions Said() => new([], [], [])
    {
        Usings = [(new(null, "Customers"), "FirstName", First), (new(null, "Customers"), "LastName", Last), (new(null, "Customers"), "Name", Whole)],
    };

    private static RenameColumn Rename(string table, string old, string fresh) => PlanCase.Rename(table, old, fresh);

    private static string Odd(string name, string column) => $"CREATE TABLE `{name}` (`Id` int NOT NULL, {column}, CONSTRAINT `PK` PRIMARY KEY (`Id`));";

    private static string Coded(string code) => $"CREATE TABLE `Orders` (`Id` bigint NOT NULL, {code}, `Total` decimal(20,4) NOT NULL, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`));";

    /// <summary>A table that references one, and that another references.</summary>
    private static string Shop(string name, string columns) => $"""
        CREATE TABLE `Regions` (`Id` int NOT NULL, CONSTRAINT `PK_Regions` PRIMARY KEY (`Id`));
        CREATE TABLE `{name}` (`Id` int NOT NULL AUTO_INCREMENT, {columns} `RegionId` int NULL, CONSTRAINT `PK_{name}` PRIMARY KEY (`Id`),
            CONSTRAINT `FK_{name}_Regions_RegionId` FOREIGN KEY (`RegionId`) REFERENCES `Regions` (`Id`));
        ALTER TABLE `{name}` ADD CONSTRAINT `AK_{name}_Code` UNIQUE (`Code`);
        CREATE INDEX `IX_{name}_RegionId` ON `{name}` (`RegionId`);
        CREATE TABLE `Orders` (`Id` bigint NOT NULL, `CustomerId` int NOT NULL, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`),
            CONSTRAINT `FK_Orders_{name}_CustomerId` FOREIGN KEY (`CustomerId`) REFERENCES `{name}` (`Id`) ON DELETE CASCADE);
        CREATE INDEX `IX_Orders_CustomerId` ON `Orders` (`CustomerId`);
        """;

    private static string Of(string columns, string constraints) => Orders.Replace("{0}", columns, StringComparison.Ordinal).Replace("{1}", constraints, StringComparison.Ordinal);
}
