using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using static EfSafeMigrate.EngineTests.Plans.Refusal;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>Every refusal that a plan on MariaDB can meet, in the types and words of Pomelo.</summary>
internal static class Refusals
{
    private const string OneShot = "or run it again with --one-shot to get EF's own single migration";
    private const string Text = "CHARACTER SET utf8mb4";
    private const string FiveHundred = "INSERT INTO `Orders` (`Id`, `Code`, `Total`) SELECT seq, seq, seq * 2 FROM seq_1_to_500;";
    private const string Codes = "SELECT `Id`, `Code`, `Total` FROM `Orders` ORDER BY 1";
    private const string Named = "INSERT INTO `Orders` (`Id`, `Name`) SELECT seq, CONCAT('name ', seq) FROM seq_1_to_500;";

    public static IReadOnlyList<Refusal> All { get; } = [.. Types(), .. Names(), .. Values()];

    private static IEnumerable<Refusal> Types()
    {
        var key = Case(Orders("`Id` int NOT NULL AUTO_INCREMENT"), Orders("`Id` bigint NOT NULL AUTO_INCREMENT"));
        yield return new("a key that the database counts gets wider", key, "it is a key, whose columns MariaDB makes anew by copying the table while writers wait; change it when nobody writes", OneShot, Way.Single(key))
        {
            Kept = ("INSERT INTO `Orders` (`Code`, `Total`) SELECT seq, seq * 2 FROM seq_1_to_500;", Codes, Codes),
        };

        var tied = Case(Shop("int"), Shop("bigint"));
        yield return new("a key gets wider that a foreign key refers to", tied, "and MariaDB changes neither side of a foreign key that is there",
            OneShot + ", and let its Up and its Down first drop FK_Orders_Customers and at last add it again",
            Way.Single(tied, "ALTER TABLE `Orders` DROP FOREIGN KEY `FK_Orders_Customers`", "ALTER TABLE `Orders` ADD CONSTRAINT `FK_Orders_Customers` FOREIGN KEY (`CustomerId`) REFERENCES `Customers` (`Id`) ON DELETE CASCADE"))
        {
            Kept = ("INSERT INTO `Customers` (`Name`) SELECT seq FROM seq_1_to_50; INSERT INTO `Orders` (`Id`, `CustomerId`) SELECT seq, 1 + seq % 50 FROM seq_1_to_500;", "SELECT * FROM `Orders` ORDER BY 1", "SELECT * FROM `Orders` ORDER BY 1"),
        };
        foreach (var (length, how) in new[] { (20, "shorter"), (80, "longer") })
        {
            yield return new($"a column of a foreign key gets {how}", Case(Countries(60), Countries(length)), "MariaDB keeps the type of a column while FK_Orders_Countries is on it",
                "drop FK_Orders_Countries in a migration before, and add it again in one after",
                Way.Add(Case(Countries(60), Countries(60, tied: false))), Way.Add(Case(Countries(60, tied: false), Countries(length, tied: false))), Way.Add(Case(Countries(length, tied: false), Countries(length))))
            {
                Kept = ("INSERT INTO `Countries` SELECT CONCAT('C', seq) FROM seq_1_to_50; INSERT INTO `Orders` SELECT seq, CONCAT('C', 1 + seq % 50) FROM seq_1_to_500;", "SELECT `Id`, `Country` FROM `Orders` ORDER BY 1", "SELECT `Id`, `Country` FROM `Orders` ORDER BY 1"),
            };
        }

        yield return OfCode("a type that the running release cannot read", "int NOT NULL", "decimal(10,2) NOT NULL", "", "the running release cannot read decimal(10,2); add a column of its own for it, and drop Code in a later migration", OneShot,
            Way.Add(Case(Coded("int NOT NULL"), Coded("int NOT NULL", "`Price` decimal(10,2) NOT NULL,")) with { Decisions = Filled("Price", "`Code`") }),
            Way.Add(Case(Coded("int NOT NULL", "`Price` decimal(10,2) NOT NULL,"), Coded(null, "`Price` decimal(10,2) NOT NULL,"))))
            with { Kept = (FiveHundred, "SELECT `Id`, `Code` + 0.00, `Total` FROM `Orders` ORDER BY 1", "SELECT `Id`, `Price`, `Total` FROM `Orders` ORDER BY 1") };
        yield return OfCode("a type changes and it becomes required", "int NULL", "bigint NOT NULL", "", "it becomes required as well; do that in a migration of its own", OneShot,
            Way.Add(Case(Coded("int NULL"), Coded("bigint NULL"))), Way.Add(Case(Coded("bigint NULL"), Coded("bigint NOT NULL")) with { Decisions = Filled("Code", "0") }));
        yield return OfCode("a type changes under a check", "int NOT NULL", "bigint NOT NULL", "`Other` int NULL, CONSTRAINT `CK_Code` CHECK (`Code` > 0),", "the check CK_Code reads it, and a check is added by a copy of the table", OneShot);
        yield return OfCode("a type changes that another column is computed from", "int NOT NULL", "bigint NOT NULL", "`Twice` int AS (`Code` * 2),", "Twice is computed from it", OneShot);
        yield return OfCode("a number gets wider that the database counts beside the key", "int NOT NULL AUTO_INCREMENT UNIQUE", "bigint NOT NULL AUTO_INCREMENT UNIQUE", "", "the database gives it its values", OneShot);
        yield return OfCode("a unique number is rounded", "decimal(10,4) NOT NULL", "decimal(10,2) NOT NULL", "CONSTRAINT `AK_Code` UNIQUE (`Code`),", "values that differ would be rounded to the same, and AK_Code is unique", OneShot)
            with { Kept = (FiveHundred, "SELECT `Id`, `Code` + 0.0000, `Total` FROM `Orders` ORDER BY 1", "SELECT `Id`, `Code` + 0.0000, `Total` FROM `Orders` ORDER BY 1") };

        const string Both = "CREATE INDEX `IX_Both` ON `Orders` (`Code`, `Total`);";
        var (none, half, whole) = (Wide("int", "int") + Both, Wide("bigint", "int") + Both, Wide("bigint", "bigint") + Both);
        yield return new("two columns of one index get wider", Case(none, whole), "IX_Both stands on Total too, whose type changes as well; change one in a migration of its own", OneShot, Way.Add(Case(none, half)), Way.Add(Case(half, whole)))
        {
            Kept = (FiveHundred, Codes, Codes),
        };
        var (plain, wide, indexed) = (Wide("int", "int"), Wide("bigint", "int"), Wide("bigint", "int") + "CREATE INDEX `IX_Code` ON `Orders` (`Code`);");
        yield return new("a column gets wider and an index", Case(plain, indexed), "IX_Code changes as well; do that in a migration of its own", OneShot, Way.Add(Case(plain, wide)), Way.Add(Case(wide, indexed)))
        {
            Kept = (FiveHundred, Codes, Codes),
        };
    }

    private static IEnumerable<Refusal> Names()
    {
        var renamed = (FiveHundred, Codes, "SELECT `Id`, `Price`, `Total` FROM `Orders` ORDER BY 1");
        yield return OfCode("a column gets a wider type with its name", "int NOT NULL", null, "", "its type changes from int to bigint as well; rename it first and change the type in a later migration", OneShot,
            Way.Add(Renaming(Coded("int NOT NULL"), Priced("int NOT NULL"))), Way.Add(Case(Priced("int NOT NULL"), Priced("bigint NOT NULL")))) with { Asked = Renaming(Coded("int NOT NULL"), Priced("bigint NOT NULL")), Kept = renamed };
        var unread = Renaming(Coded("int NOT NULL"), Priced("decimal(10,2) NOT NULL"));
        yield return OfCode("a column gets a type with its name that the running release cannot read", "int NOT NULL", null, "",
            "its type changes from int to decimal(10,2) as well, which the running release cannot read; add Price as a column of its own, and drop Code in a later migration", OneShot,
            Way.Add(Case(Coded("int NOT NULL"), Coded("int NOT NULL", "`Price` decimal(10,2) NOT NULL,")) with { Decisions = Filled("Price", "`Code`") }),
            Way.Add(Case(Coded("int NOT NULL", "`Price` decimal(10,2) NOT NULL,"), Coded(null, "`Price` decimal(10,2) NOT NULL,"))))
            with { Asked = unread, Kept = (FiveHundred, "SELECT `Id`, `Code` + 0.00, `Total` FROM `Orders` ORDER BY 1", renamed.Item3) };
        yield return OfCode("a column is made of another by an expression", "int NOT NULL", null, "", "no trigger of MariaDB makes one column of another by an expression yet",
            $"or leave --using out, {OneShot[3..]}, and carry the values over in it by hand before it drops Orders.Code",
            Way.ByHand(Priced("bigint NOT NULL"),
                ["ALTER TABLE `Orders` ADD `Price` bigint NOT NULL", "UPDATE `Orders` SET `Price` = `Code` * 100", "ALTER TABLE `Orders` DROP COLUMN `Code`"],
                ["ALTER TABLE `Orders` ADD `Code` int NOT NULL", "UPDATE `Orders` SET `Code` = `Price` DIV 100", "ALTER TABLE `Orders` DROP COLUMN `Price`"]))
            with
            {
                Asked = Renaming(Coded("int NOT NULL"), Priced("bigint NOT NULL")) with { Decisions = Said(("Price", "`Code` * 100"), ("Code", "`Price` DIV 100")) with { Renames = [PlanCase.Rename("Orders", "Code", "Price")] } },
                Kept = (FiveHundred, Codes, "SELECT `Id`, `Price` DIV 100, `Total` FROM `Orders` ORDER BY 1"),
            };
        yield return OfCode("a column becomes optional with its name", "int NOT NULL", null, "", "becomes optional as well, and the running release cannot read NULL; rename it first and make it optional later", OneShot,
            Way.Add(Renaming(Coded("int NOT NULL"), Priced("int NOT NULL"))), Way.Add(Case(Priced("int NOT NULL"), Priced("int NULL")))) with { Asked = Renaming(Coded("int NOT NULL"), Priced("int NULL")), Kept = renamed };
        yield return OfCode("a name is given to another column at once", "int NOT NULL", null, "", "the name Code is given to another column at once; free it in one migration and use it again in a later one", OneShot,
            Way.Add(Renaming(Coded("int NOT NULL"), Priced("int NOT NULL"))), Way.Add(Case(Priced("int NOT NULL"), Coded("varchar(9) CHARACTER SET utf8mb4 NULL", "`Price` int NOT NULL,"))))
            with { Asked = Renaming(Coded("int NOT NULL"), Coded("varchar(9) CHARACTER SET utf8mb4 NULL", "`Price` int NOT NULL,")) with { Guessed = [], Decisions = new([PlanCase.Rename("Orders", "Code", "Price")], [], []) }, Kept = renamed };
        foreach (var (name, column, why) in new[] { ("key", "Id", "Orders.Id is part of the primary key"), ("computed column", "Twice", "Orders.Twice is computed") })
        {
            var (before, after) = (Coded("int NOT NULL", "`Twice` int AS (`Code` * 2),"), Coded("int NOT NULL", "`Twice` int AS (`Code` * 2),").Replace($"`{column}`", "`Other`", StringComparison.Ordinal));
            var asked = Case(before, after) with { Guessed = [PlanCase.Rename("Orders", column, "Other")] };
            yield return new($"a {name} gets another name", asked, why, OneShot, Way.Single(asked)) { Kept = (FiveHundred, $"SELECT `{column}`, `Total` FROM `Orders` ORDER BY 1", "SELECT `Other`, `Total` FROM `Orders` ORDER BY 1") };
        }
        var (kept, other) = ("ALTER TABLE `Orders` ADD CONSTRAINT `AK_Code` UNIQUE ({0});", "ALTER TABLE `Orders` ADD CONSTRAINT `AK_Price` UNIQUE (`Price`);");
        yield return new("a unique constraint keeps its name over a renamed column",
            Renaming(Coded("int NOT NULL") + kept.Replace("{0}", "`Code`", StringComparison.Ordinal), Priced("int NOT NULL") + kept.Replace("{0}", "`Price`", StringComparison.Ordinal)),
            "it keeps its name over other columns; give the new one another name", OneShot, Way.Add(Renaming(Coded("int NOT NULL") + kept.Replace("{0}", "`Code`", StringComparison.Ordinal), Priced("int NOT NULL") + other))) { Kept = renamed };

        var swapped = Case(Wide("int", "int"), Wide("int", "int"));
        RenameColumn[] swap = [PlanCase.Rename("Orders", "Code", "Total"), PlanCase.Rename("Orders", "Total", "Code")];
        var (without, third) = (Wide("int", "int").Replace("`Code`", "`Third`", StringComparison.Ordinal), Wide("int", "int").Replace("`Code`", "`Third`", StringComparison.Ordinal).Replace("`Total`", "`Code`", StringComparison.Ordinal));
        yield return new("two columns swap their names", swapped, "Code and Total of Orders swap names", "rename Code to a third name in a migration before, and that to Total in one after",
            Way.Add(Renaming(Wide("int", "int"), without, "Code", "Third")), Way.Add(Renaming(without, third, "Total", "Code")), Way.Add(Renaming(third, Wide("int", "int"), "Third", "Total")))
        {
            By = () => EfSafeMigrate.Plans.OneShot.Of("Change", swapped.Pending, new(swap, [], [])), Kept = (FiveHundred, Codes, "SELECT `Id`, `Total`, `Code` FROM `Orders` ORDER BY 1"),
        };

        var (check, called) = (Coded("int NOT NULL", "CONSTRAINT `CK_One` CHECK (`Code` > 0),"), Coded("int NOT NULL", "CONSTRAINT `CK_Two` CHECK (`Code` > 0),"));
        yield return new("a check gets another name", Case(check, called), "MariaDB makes it anew, by reading or copying all of Orders; give it its old name in the model", OneShot, Way.Single(Case(check, called))) { Kept = (FiveHundred, Codes, Codes) };
        var given = Tables(Coded("int NOT NULL AUTO_INCREMENT UNIQUE").Replace("`Id` int NOT NULL", "`Id` int NOT NULL DEFAULT 7", StringComparison.Ordinal).Replace("`Total` int NOT NULL", "`Total` int NOT NULL DEFAULT 7", StringComparison.Ordinal));
        yield return new("a table gets another name whose every column the database gives", given, "a view takes no INSERT without a column", OneShot, Way.Single(given)) { Kept = (FiveHundred, Codes, "SELECT `Id`, `Code`, `Total` FROM `Sales` ORDER BY 1") };
        var sales = Tables(Wide("int", "int"));
        yield return new("a table gets another name and a column another type", sales with { Target = sales.Target.Replace("`Code` int", "`Code` bigint", StringComparison.Ordinal) },
            "Sales.Code changes its type as well, and the view that serves the old name holds it; rename the table first and change the type in a later migration", OneShot,
            Way.Add(sales), Way.Add(Case(sales.Target, sales.Target.Replace("`Code` int", "`Code` bigint", StringComparison.Ordinal)))) { Kept = (FiveHundred, Codes, "SELECT `Id`, `Code`, `Total` FROM `Sales` ORDER BY 1") };
        var again = sales.Target + "CREATE TABLE `Orders` (`No` int NOT NULL, CONSTRAINT `PK_Orders2` PRIMARY KEY (`No`)) CHARACTER SET=utf8mb4;";
        yield return new("a name is given to another table at once", sales with { Target = again }, "the name Orders is given to another table at once; free it in one migration and use it again in a later one", OneShot,
            Way.Add(sales), Way.Add(Case(sales.Target, again))) { Kept = (FiveHundred, Codes, "SELECT `Id`, `Code`, `Total` FROM `Sales` ORDER BY 1") };
    }

    private static IEnumerable<Refusal> Values()
    {
        var keyless = Case("CREATE TABLE `Log` (`Line` int NOT NULL);", "CREATE TABLE `Log` (`Text` int NOT NULL);") with { Guessed = [PlanCase.Rename("Log", "Line", "Text")] };
        yield return new("rows without a key cannot be filled", keyless, "its rows have to be filled in batches, and Log has no key to go over them by", OneShot, Way.Single(keyless))
        {
            Kept = ("INSERT INTO `Log` SELECT seq FROM seq_1_to_500;", "SELECT * FROM `Log` ORDER BY 1", "SELECT * FROM `Log` ORDER BY 1"),
        };
        var slug = Case(Coded("int NOT NULL"), Coded("int NOT NULL", "`Slug` int NOT NULL,"));
        yield return new("a required column has no value", slug with { Target = slug.Target.Replace("`Slug` int NOT NULL", "`Slug` point NOT NULL", StringComparison.Ordinal) }, "Slug is required and has no default",
            "add --fill \"Orders.Slug=SQL\", an expression over the columns of Orders", Way.Add(Case(Coded("int NOT NULL"), Coded("int NOT NULL", "`Slug` int NOT NULL,")) with { Decisions = Filled("Slug", "`Code` + `Total`") }))
        {
            Kept = (FiveHundred, "SELECT `Id`, `Code` + `Total` FROM `Orders` ORDER BY 1", "SELECT `Id`, `Slug` FROM `Orders` ORDER BY 1"),
        };
        var counted = Case(Orders("`Id` int NOT NULL AUTO_INCREMENT"), Orders("`Id` int NOT NULL AUTO_INCREMENT, `Slug` int NOT NULL"));
        yield return new("a value is made of the row's number", counted with { Decisions = Filled("Slug", "`Id` * 2") }, "the database numbers a new row behind the trigger that fills it",
            "write another value into --fill \"Orders.Slug=SQL\"", Way.Add(counted with { Decisions = Filled("Slug", "`Code`") }))
        {
            Kept = ("INSERT INTO `Orders` (`Code`, `Total`) SELECT seq, seq * 2 FROM seq_1_to_500;", "SELECT `Id`, `Code` FROM `Orders` ORDER BY 1", "SELECT `Id`, `Slug` FROM `Orders` ORDER BY 1"),
        };
        var doubled = Case(Coded("int NOT NULL", "`Twice` int AS (`Code` * 2),"), Coded("int NOT NULL", "`Twice` int AS (`Code` * 2), `Slug` int NOT NULL,"));
        yield return new("a value is made of a computed one", doubled with { Decisions = Filled("Slug", "`Twice` + 1") }, "Twice is computed after the trigger that fills new rows",
            "write what Twice is computed from into --fill \"Orders.Slug=SQL\"", Way.Add(doubled with { Decisions = Filled("Slug", "`Code` * 2 + 1") }))
        {
            Kept = (FiveHundred, "SELECT `Id`, `Twice` + 1 FROM `Orders` ORDER BY 1", "SELECT `Id`, `Slug` FROM `Orders` ORDER BY 1"),
        };
        var split = Case(Coded("int NULL"), Coded(null, "`Tens` int NULL, `Ones` int NULL,"));
        yield return new("a number is split", split with { Decisions = Said(("Tens", "`Code` DIV 10"), ("Ones", "`Code` % 10"), ("Code", "`Tens` * 10 + `Ones`")) },
            "Orders.Code is int, and on MariaDB only columns of text are kept in others", $"or leave --using out, {OneShot[3..]}, and carry the values over in it by hand before it drops Orders.Code",
            Way.ByHand(split.Target,
                ["ALTER TABLE `Orders` ADD `Tens` int NULL", "ALTER TABLE `Orders` ADD `Ones` int NULL", "UPDATE `Orders` SET `Tens` = `Code` DIV 10, `Ones` = `Code` % 10", "ALTER TABLE `Orders` DROP COLUMN `Code`"],
                ["ALTER TABLE `Orders` ADD `Code` int NULL", "UPDATE `Orders` SET `Code` = `Tens` * 10 + `Ones`", "ALTER TABLE `Orders` DROP COLUMN `Tens`", "ALTER TABLE `Orders` DROP COLUMN `Ones`"]))
        {
            Kept = (FiveHundred, "SELECT `Id`, `Code` DIV 10, `Code` % 10 FROM `Orders` ORDER BY 1", "SELECT `Id`, `Tens`, `Ones` FROM `Orders` ORDER BY 1"),
        };
        var (whole, bare, given) = (Wordy($"`Name` varchar(80) {Text} NULL"), Wordy($"`First` varchar(80) {Text} NULL, `Last` varchar(80) {Text} NULL"), Wordy($"`First` varchar(80) {Text} NULL DEFAULT 'x', `Last` varchar(80) {Text} NULL"));
        var said = Said(("First", "SUBSTRING_INDEX(`Name`, ' ', 1)"), ("Last", "SUBSTRING(`Name`, LOCATE(' ', `Name`) + 1)"), ("Name", "CONCAT(`First`, ' ', `Last`)"));
        yield return new("a column is split into one with a default", Case(whole, given) with { Decisions = said }, "Orders.First has a default of its own; give it one in a later migration",
            $"or leave --using out, {OneShot[3..]}, and carry the values over in it by hand before it drops Orders.Name", Way.Add(Case(whole, bare) with { Decisions = said }) with { Returns = true }, Way.Add(Case(bare, given)))
        {
            Kept = (Named, "SELECT `Id`, `Name` FROM `Orders` ORDER BY 1", "SELECT `Id`, CONCAT(`First`, ' ', `Last`) FROM `Orders` ORDER BY 1"),
        };
        var (there, gone) = (Linked("`Motto` int NULL", ""), Linked("", "`Motto` int NULL"));
        yield return new("a column moves from one row to several", Case(there, gone) with { Decisions = Moving("Customers", "Motto", "Orders") },
            "a row of Customers has several of Orders, and MariaDB has no trigger that writes the table its statement writes", $"or leave --move out, {OneShot[3..]}, and carry the values over in it by hand before it drops Customers.Motto",
            Way.ByHand(gone,
                ["ALTER TABLE `Orders` ADD `Motto` int NULL", "UPDATE `Orders` o JOIN `Customers` c ON c.`Id` = o.`CustomerId` SET o.`Motto` = c.`Motto`", "ALTER TABLE `Customers` DROP COLUMN `Motto`"],
                ["ALTER TABLE `Customers` ADD `Motto` int NULL", "UPDATE `Orders` o JOIN `Customers` c ON c.`Id` = o.`CustomerId` SET c.`Motto` = o.`Motto`", "ALTER TABLE `Orders` DROP COLUMN `Motto`"]))
        {
            Kept = ("INSERT INTO `Customers` SELECT seq, seq FROM seq_1_to_50; INSERT INTO `Orders` SELECT seq, 1 + seq % 50 FROM seq_1_to_500;",
                "SELECT o.`Id`, c.`Motto` FROM `Orders` o JOIN `Customers` c ON c.`Id` = o.`CustomerId` ORDER BY 1", "SELECT `Id`, `Motto` FROM `Orders` ORDER BY 1"),
        };
        var (plain, checkedOn) = (Coded("int NOT NULL"), Coded("int NOT NULL", "CONSTRAINT `CK_Code` CHECK (`Code` > 0),"));
        yield return new("a check is added", Case(plain, checkedOn), "Adding the CHECK constraint CK_Code to Orders",
            $"correct the rows that break it, apply it when nobody uses Orders, and review it with --no-traffic: no form of it lets writers through; or leave that change out; {OneShot}", Way.Single(Case(plain, checkedOn))) { Kept = (FiveHundred, Codes, Codes) };
    }

    /// <summary>One column of orders, changed as it is asked unless told otherwise.</summary>
    private static Refusal OfCode(string name, string before, string? after, string more, string why, string next, params IReadOnlyList<Way> ways)
    {
        var asked = Case(Coded(before, more), Coded(after ?? before, more));
        return new(name, asked, why, next, ways.Count > 0 ? ways : [Way.Single(asked)]) { Kept = (FiveHundred, Codes, Codes) };
    }

    private static PlanCase Renaming(string before, string after, string old = "Code", string fresh = "Price") => Case(before, after) with { Guessed = [PlanCase.Rename("Orders", old, fresh)] };

    private static PlanCase Tables(string before) => Case(before, before.Replace("`Orders`", "`Sales`", StringComparison.Ordinal)) with { Tables = [new(new(null, "Orders"), new(null, "Sales"))] };

    private static Decisions Filled(string column, string sql) => new([], [], [(new(null, "Orders"), column, sql)]);

    private static Decisions Said(params (string Column, string Sql)[] said) => new([], [], []) { Usings = [.. said.Select(each => (new TableName(null, "Orders"), each.Column, each.Sql))] };

    private static Decisions Moving(string from, string column, string to) => new([], [], []) { Moves = [new(new(null, from), column, new(null, to), column)] };

    private static string Orders(string columns) => $"CREATE TABLE `Orders` ({columns}, `Code` int NOT NULL, `Total` int NOT NULL, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`));";

    private static string Wide(string code, string total) => $"CREATE TABLE `Orders` (`Id` int NOT NULL, `Code` {code} NOT NULL, `Total` {total} NOT NULL, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`));";

    private static string Wordy(string columns) => $"CREATE TABLE `Orders` (`Id` int NOT NULL, {columns}, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`));";

    /// <param name="code">Null where there is none.</param>
    private static string Coded(string? code, string more = "") =>
        $"CREATE TABLE `Orders` (`Id` int NOT NULL, {(code is null ? "" : $"`Code` {code}, ")}`Total` int NOT NULL, {more} CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`));";

    private static string Priced(string type) => Coded(null, $"`Price` {type},");

    private static string Shop(string key) =>
        $"CREATE TABLE `Customers` (`Id` {key} NOT NULL AUTO_INCREMENT, `Name` int NULL, CONSTRAINT `PK_Customers` PRIMARY KEY (`Id`)); CREATE TABLE `Orders` (`Id` int NOT NULL, `CustomerId` {key} NOT NULL, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`), CONSTRAINT `FK_Orders_Customers` FOREIGN KEY (`CustomerId`) REFERENCES `Customers` (`Id`) ON DELETE CASCADE); CREATE INDEX `IX_Orders_CustomerId` ON `Orders` (`CustomerId`);";

    private static string Countries(int length, bool tied = true) =>
        $"CREATE TABLE `Countries` (`Name` varchar(99) {Text} NOT NULL, CONSTRAINT `PK_Countries` PRIMARY KEY (`Name`)); CREATE TABLE `Orders` (`Id` int NOT NULL, `Country` varchar({length}) {Text} NULL, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`){(tied ? ", CONSTRAINT `FK_Orders_Countries` FOREIGN KEY (`Country`) REFERENCES `Countries` (`Name`)" : "")}); CREATE INDEX `IX_Orders_Country` ON `Orders` (`Country`);";

    private static string Linked(string ofCustomers, string ofOrders) =>
        $"CREATE TABLE `Customers` (`Id` int NOT NULL{(ofCustomers.Length > 0 ? ", " : "")}{ofCustomers}, CONSTRAINT `PK_Customers` PRIMARY KEY (`Id`)); CREATE TABLE `Orders` (`Id` int NOT NULL, `CustomerId` int NOT NULL{(ofOrders.Length > 0 ? ", " : "")}{ofOrders}, CONSTRAINT `PK_Orders` PRIMARY KEY (`Id`), CONSTRAINT `FK_Orders_Customers` FOREIGN KEY (`CustomerId`) REFERENCES `Customers` (`Id`) ON DELETE CASCADE); CREATE INDEX `IX_Orders_CustomerId` ON `Orders` (`CustomerId`);";
}
