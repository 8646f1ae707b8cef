using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using static EfSafeMigrate.EngineTests.Plans.Refusal;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>Refusals that a plan on MariaDB can meet, in the types and words of Pomelo.</summary>
internal static class Refusals
{
    public const string AtOnce = "or run it again with --one-shot to get EF's own single migration";
    public const string Text = "CHARACTER SET utf8mb4";
    public const string FiveHundred = "INSERT INTO `Orders` (`Id`, `Code`, `Total`) SELECT seq, seq, seq * 2 FROM seq_1_to_500;";
    public const string Codes = "SELECT `Id`, `Code`, `Total` FROM `Orders` ORDER BY 1";
    public const string Named = "INSERT INTO `Orders` (`Id`, `Name`) SELECT seq, CONCAT('name ', seq) FROM seq_1_to_500;";

    public static IReadOnlyList<Refusal> All { get; } = [.. RefusedTypes.All(), .. RefusedNames.All(), .. RefusedValues.All()];

    /// <summary>One column of orders, changed as it is asked unless told otherwise.</summary>
    public static Refusal OfCode(string name, string before, string? after, string more, string why, string next, params IReadOnlyList<Way> ways)
    {
        var asked = Case(Coded(before, more), Coded(after ?? before, more));
        return new(name, asked, why, next, ways.Count > 0 ? ways : [Way.Single(asked)]) { Kept = (FiveHundred, Codes, Codes) };
    }

    public static PlanCase Renaming(string before, string after, string old = "Code", string fresh = "Price") => Case(before, after) with { Guessed = [PlanCase.Rename("Orders", old, fresh)] };

    public static PlanCase Tables(string before) => Case(before, before.Replace("`Orders`", "`Sales`", StringComparison.Ordinal)) with { Tables = [new(new(null, "Orders"), new(null, "Sales"))] };

    public static Decisions Filled(string column, string sql) => new([], [], [(new(null, "Orders"), column, sql)]);

    public static Decisions Said(params (string Column, string Sql)[] said) => new([], [], []) { Usings = [.. said.Select(each => (new TableName(null, "Orders"), each.Column, each.Sql))] };

    public static Decisions Moving(string from, string column, string to) => new([], [], []) { Moves = [new(new(null, from), column, new(null, to), column)] };

    public static string Orders(string columns) => $"CREATE TABLE `Orders` ({columns}, `Code` int NOT NULL, `Total` int NOT NULL, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`));";

    public static string Wide(string code, string total) => $"CREATE TABLE `Orders` (`Id` int NOT NULL, `Code` {code} NOT NULL, `Total` {total} NOT NULL, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`));";

    public static string Wordy(string columns) => $"CREATE TABLE `Orders` (`Id` int NOT NULL, {columns}, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`));";

    /// <param name="code">Null where there is none.</param>
    public static string Coded(string? code, string more = "") =>
        $"CREATE TABLE `Orders` (`Id` int NOT NULL, {(code is null ? "" : $"`Code` {code}, ")}`Total` int NOT NULL, {more} CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`));";

    public static string Priced(string type) => Coded(null, $"`Price` {type},");

    public static string Shop(string key) =>
        $"CREATE TABLE `Customers` (`Id` {key} NOT NULL AUTO_INCREMENT, `Name` int NULL, CONSTRAINT `PK_Customers` PRIMARY KEY (`Id`)); CREATE TABLE `Orders` (`Id` int NOT NULL, `CustomerId` {key} NOT NULL, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`), CONSTRAINT `FK_Orders_Customers` FOREIGN KEY (`CustomerId`) REFERENCES `Customers` (`Id`) ON DELETE CASCADE); CREATE INDEX `IX_Orders_CustomerId` ON `Orders` (`CustomerId`);";

    public static string Countries(int length, bool tied = true) =>
        $"CREATE TABLE `Countries` (`Name` varchar(99) {Text} NOT NULL, CONSTRAINT `PK_Countries` PRIMARY KEY (`Name`)); CREATE TABLE `Orders` (`Id` int NOT NULL, `Country` varchar({length}) {Text} NULL, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`){(tied ? ", CONSTRAINT `FK_Orders_Countries` FOREIGN KEY (`Country`) REFERENCES `Countries` (`Name`)" : "")}); CREATE INDEX `IX_Orders_Country` ON `Orders` (`Country`);";

    public static string Linked(string ofCustomers, string ofOrders) =>
        $"CREATE TABLE `Customers` (`Id` int NOT NULL{(ofCustomers.Length > 0 ? ", " : "")}{ofCustomers}, CONSTRAINT `PK_Customers` PRIMARY KEY (`Id`)); CREATE TABLE `Orders` (`Id` int NOT NULL, `CustomerId` int NOT NULL{(ofOrders.Length > 0 ? ", " : "")}{ofOrders}, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`), CONSTRAINT `FK_Orders_Customers` FOREIGN KEY (`CustomerId`) REFERENCES `Customers` (`Id`) ON DELETE CASCADE); CREATE INDEX `IX_Orders_CustomerId` ON `Orders` (`CustomerId`);";
}
