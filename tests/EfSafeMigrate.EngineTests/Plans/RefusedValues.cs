using EfSafeMigrate.Tests.Plans;
using static EfSafeMigrate.EngineTests.Plans.Refusal;
using static EfSafeMigrate.EngineTests.Plans.Refusals;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>What needs a value, or keeps one elsewhere.</summary>
internal static class RefusedValues
{
    public static IEnumerable<Refusal> All()
    {
        var keyless = Case("CREATE TABLE `Log` (`Line` int NOT NULL);", "CREATE TABLE `Log` (`Text` int NOT NULL);") with { Guessed = [PlanCase.Rename("Log", "Line", "Text")] };
        yield return new("rows without a key cannot be filled", keyless, "its rows have to be filled in batches, and Log has no key to go over them by", AtOnce, Way.Single(keyless))
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
            "Orders.Code is int, and on MariaDB only columns of text are kept in others", $"or leave --using out, {AtOnce[3..]}, and carry the values over in it by hand before it drops Orders.Code",
            Way.ByHand(split.Target,
                ["ALTER TABLE `Orders` ADD `Tens` int NULL", "ALTER TABLE `Orders` ADD `Ones` int NULL", "UPDATE `Orders` SET `Tens` = `Code` DIV 10, `Ones` = `Code` % 10", "ALTER TABLE `Orders` DROP COLUMN `Code`"],
                ["ALTER TABLE `Orders` ADD `Code` int NULL", "UPDATE `Orders` SET `Code` = `Tens` * 10 + `Ones`", "ALTER TABLE `Orders` DROP COLUMN `Tens`", "ALTER TABLE `Orders` DROP COLUMN `Ones`"]))
        {
            Kept = (FiveHundred, "SELECT `Id`, `Code` DIV 10, `Code` % 10 FROM `Orders` ORDER BY 1", "SELECT `Id`, `Tens`, `Ones` FROM `Orders` ORDER BY 1"),
        };
        var (whole, bare, given) = (Wordy($"`Name` varchar(80) {Text} NULL"), Wordy($"`First` varchar(80) {Text} NULL, `Last` varchar(80) {Text} NULL"), Wordy($"`First` varchar(80) {Text} NULL DEFAULT 'x', `Last` varchar(80) {Text} NULL"));
        var said = Said(("First", "SUBSTRING_INDEX(`Name`, ' ', 1)"), ("Last", "SUBSTRING(`Name`, LOCATE(' ', `Name`) + 1)"), ("Name", "CONCAT(`First`, ' ', `Last`)"));
        yield return new("a column is split into one with a default", Case(whole, given) with { Decisions = said }, "Orders.First has a default of its own; give it one in a later migration",
            $"or leave --using out, {AtOnce[3..]}, and carry the values over in it by hand before it drops Orders.Name", Way.Add(Case(whole, bare) with { Decisions = said }) with { Returns = true }, Way.Add(Case(bare, given)))
        {
            Kept = (Named, "SELECT `Id`, `Name` FROM `Orders` ORDER BY 1", "SELECT `Id`, CONCAT(`First`, ' ', `Last`) FROM `Orders` ORDER BY 1"),
        };
        var (there, gone) = (Linked("`Motto` int NULL", ""), Linked("", "`Motto` int NULL"));
        yield return new("a column moves from one row to several", Case(there, gone) with { Decisions = Moving("Customers", "Motto", "Orders") },
            "a row of Customers has several of Orders, and MariaDB has no trigger that writes the table its statement writes", $"or leave --move out, {AtOnce[3..]}, and carry the values over in it by hand before it drops Customers.Motto",
            Way.ByHand(gone,
                ["ALTER TABLE `Orders` ADD `Motto` int NULL", "UPDATE `Orders` o JOIN `Customers` c ON c.`Id` = o.`CustomerId` SET o.`Motto` = c.`Motto`", "ALTER TABLE `Customers` DROP COLUMN `Motto`"],
                ["ALTER TABLE `Customers` ADD `Motto` int NULL", "UPDATE `Orders` o JOIN `Customers` c ON c.`Id` = o.`CustomerId` SET c.`Motto` = o.`Motto`", "ALTER TABLE `Orders` DROP COLUMN `Motto`"]))
        {
            Kept = ("INSERT INTO `Customers` SELECT seq, seq FROM seq_1_to_50; INSERT INTO `Orders` SELECT seq, 1 + seq % 50 FROM seq_1_to_500;",
                "SELECT o.`Id`, c.`Motto` FROM `Orders` o JOIN `Customers` c ON c.`Id` = o.`CustomerId` ORDER BY 1", "SELECT `Id`, `Motto` FROM `Orders` ORDER BY 1"),
        };
        var (plain, checkedOn) = (Coded("int NOT NULL"), Coded("int NOT NULL", "CONSTRAINT `CK_Code` CHECK (`Code` > 0),"));
        yield return new("a check is added", Case(plain, checkedOn), "Adding the CHECK constraint CK_Code to Orders",
            $"correct the rows that break it, apply it when nobody uses Orders, and review it with --no-traffic: no form of it lets writers through; or leave that change out; {AtOnce}", Way.Single(Case(plain, checkedOn))) { Kept = (FiveHundred, Codes, Codes) };
    }
}
