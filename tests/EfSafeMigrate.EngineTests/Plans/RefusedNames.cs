using EfSafeMigrate.Changes;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using static EfSafeMigrate.EngineTests.Plans.Refusal;
using static EfSafeMigrate.EngineTests.Plans.Refusals;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>What gets another name.</summary>
internal static class RefusedNames
{
    public static IEnumerable<Refusal> All()
    {
        var renamed = (FiveHundred, Codes, "SELECT `Id`, `Price`, `Total` FROM `Orders` ORDER BY 1");
        yield return OfCode("a column gets a wider type with its name", "int NOT NULL", null, "", "its type changes from int to bigint as well; rename it first and change the type in a later migration", AtOnce,
            Way.Add(Renaming(Coded("int NOT NULL"), Priced("int NOT NULL"))), Way.Add(Case(Priced("int NOT NULL"), Priced("bigint NOT NULL")))) with { Asked = Renaming(Coded("int NOT NULL"), Priced("bigint NOT NULL")), Kept = renamed };
        var unread = Renaming(Coded("int NOT NULL"), Priced("decimal(10,2) NOT NULL"));
        yield return OfCode("a column gets a type with its name that the running release cannot read", "int NOT NULL", null, "",
            "its type changes from int to decimal(10,2) as well, which the running release cannot read; add Price as a column of its own, and drop Code in a later migration", AtOnce,
            Way.Add(Case(Coded("int NOT NULL"), Coded("int NOT NULL", "`Price` decimal(10,2) NOT NULL,")) with { Decisions = Filled("Price", "`Code`") }),
            Way.Add(Case(Coded("int NOT NULL", "`Price` decimal(10,2) NOT NULL,"), Coded(null, "`Price` decimal(10,2) NOT NULL,"))))
            with { Asked = unread, Kept = (FiveHundred, "SELECT `Id`, `Code` + 0.00, `Total` FROM `Orders` ORDER BY 1", renamed.Item3) };
        yield return OfCode("a column is made of another by an expression", "int NOT NULL", null, "", "no trigger of MariaDB makes one column of another by an expression yet",
            $"or leave --using out, {AtOnce[3..]}, and carry the values over in it by hand before it drops Orders.Code",
            Way.ByHand(Priced("bigint NOT NULL"),
                ["ALTER TABLE `Orders` ADD `Price` bigint NOT NULL", "UPDATE `Orders` SET `Price` = `Code` * 100", "ALTER TABLE `Orders` DROP COLUMN `Code`"],
                ["ALTER TABLE `Orders` ADD `Code` int NOT NULL", "UPDATE `Orders` SET `Code` = `Price` DIV 100", "ALTER TABLE `Orders` DROP COLUMN `Price`"]))
            with
            {
                Asked = Renaming(Coded("int NOT NULL"), Priced("bigint NOT NULL")) with { Decisions = Said(("Price", "`Code` * 100"), ("Code", "`Price` DIV 100")) with { Renames = [PlanCase.Rename("Orders", "Code", "Price")] } },
                Kept = (FiveHundred, Codes, "SELECT `Id`, `Price` DIV 100, `Total` FROM `Orders` ORDER BY 1"),
            };
        yield return OfCode("a column becomes optional with its name", "int NOT NULL", null, "", "becomes optional as well, and the running release cannot read NULL; rename it first and make it optional later", AtOnce,
            Way.Add(Renaming(Coded("int NOT NULL"), Priced("int NOT NULL"))), Way.Add(Case(Priced("int NOT NULL"), Priced("int NULL")))) with { Asked = Renaming(Coded("int NOT NULL"), Priced("int NULL")), Kept = renamed };
        yield return OfCode("a name is given to another column at once", "int NOT NULL", null, "", "the name Code is given to another column at once; free it in one migration and use it again in a later one", AtOnce,
            Way.Add(Renaming(Coded("int NOT NULL"), Priced("int NOT NULL"))), Way.Add(Case(Priced("int NOT NULL"), Coded("varchar(9) CHARACTER SET utf8mb4 NULL", "`Price` int NOT NULL,"))))
            with { Asked = Renaming(Coded("int NOT NULL"), Coded("varchar(9) CHARACTER SET utf8mb4 NULL", "`Price` int NOT NULL,")) with { Guessed = [], Decisions = new([PlanCase.Rename("Orders", "Code", "Price")], [], []) }, Kept = renamed };
        foreach (var (name, column, why) in new[] { ("key", "Id", "Orders.Id is part of the primary key"), ("computed column", "Twice", "Orders.Twice is computed") })
        {
            var (before, after) = (Coded("int NOT NULL", "`Twice` int AS (`Code` * 2),"), Coded("int NOT NULL", "`Twice` int AS (`Code` * 2),").Replace($"`{column}`", "`Other`", StringComparison.Ordinal));
            var asked = Case(before, after) with { Guessed = [PlanCase.Rename("Orders", column, "Other")] };
            yield return new($"a {name} gets another name", asked, why, AtOnce, Way.Single(asked)) { Kept = (FiveHundred, $"SELECT `{column}`, `Total` FROM `Orders` ORDER BY 1", "SELECT `Other`, `Total` FROM `Orders` ORDER BY 1") };
        }
        var (kept, other) = ("ALTER TABLE `Orders` ADD CONSTRAINT `AK_Code` UNIQUE ({0});", "ALTER TABLE `Orders` ADD CONSTRAINT `AK_Price` UNIQUE (`Price`);");
        yield return new("a unique constraint keeps its name over a renamed column",
            Renaming(Coded("int NOT NULL") + kept.Replace("{0}", "`Code`", StringComparison.Ordinal), Priced("int NOT NULL") + kept.Replace("{0}", "`Price`", StringComparison.Ordinal)),
            "it keeps its name over other columns; give the new one another name", AtOnce, Way.Add(Renaming(Coded("int NOT NULL") + kept.Replace("{0}", "`Code`", StringComparison.Ordinal), Priced("int NOT NULL") + other))) { Kept = renamed };

        var swapped = Case(Wide("int", "int"), Wide("int", "int"));
        RenameColumn[] swap = [PlanCase.Rename("Orders", "Code", "Total"), PlanCase.Rename("Orders", "Total", "Code")];
        var (without, third) = (Wide("int", "int").Replace("`Code`", "`Third`", StringComparison.Ordinal), Wide("int", "int").Replace("`Code`", "`Third`", StringComparison.Ordinal).Replace("`Total`", "`Code`", StringComparison.Ordinal));
        yield return new("two columns swap their names", swapped, "Code and Total of Orders swap names", "rename Code to a third name in a migration before, and that to Total in one after",
            Way.Add(Renaming(Wide("int", "int"), without, "Code", "Third")), Way.Add(Renaming(without, third, "Total", "Code")), Way.Add(Renaming(third, Wide("int", "int"), "Third", "Total")))
        {
            By = () => OneShot.Of("Change", swapped.Pending, new(swap, [], [])), Kept = (FiveHundred, Codes, "SELECT `Id`, `Total`, `Code` FROM `Orders` ORDER BY 1"),
        };

        var (check, called) = (Coded("int NOT NULL", "CONSTRAINT `CK_One` CHECK (`Code` > 0),"), Coded("int NOT NULL", "CONSTRAINT `CK_Two` CHECK (`Code` > 0),"));
        yield return new("a check gets another name", Case(check, called), "MariaDB makes it anew, by reading or copying all of Orders; give it its old name in the model", AtOnce, Way.Single(Case(check, called))) { Kept = (FiveHundred, Codes, Codes) };
        var given = Tables(Coded("int NOT NULL AUTO_INCREMENT UNIQUE").Replace("`Id` int NOT NULL", "`Id` int NOT NULL DEFAULT 7", StringComparison.Ordinal).Replace("`Total` int NOT NULL", "`Total` int NOT NULL DEFAULT 7", StringComparison.Ordinal));
        yield return new("a table gets another name whose every column the database gives", given, "a view takes no INSERT without a column", AtOnce, Way.Single(given)) { Kept = (FiveHundred, Codes, "SELECT `Id`, `Code`, `Total` FROM `Sales` ORDER BY 1") };
        var sales = Tables(Wide("int", "int"));
        yield return new("a table gets another name and a column another type", sales with { Target = sales.Target.Replace("`Code` int", "`Code` bigint", StringComparison.Ordinal) },
            "Sales.Code changes its type as well, and the view that serves the old name holds it; rename the table first and change the type in a later migration", AtOnce,
            Way.Add(sales), Way.Add(Case(sales.Target, sales.Target.Replace("`Code` int", "`Code` bigint", StringComparison.Ordinal)))) { Kept = (FiveHundred, Codes, "SELECT `Id`, `Code`, `Total` FROM `Sales` ORDER BY 1") };
        var again = sales.Target + "CREATE TABLE `Orders` (`No` int NOT NULL, CONSTRAINT `PK_Orders2` PRIMARY KEY (`No`)) CHARACTER SET=utf8mb4;";
        yield return new("a name is given to another table at once", sales with { Target = again }, "the name Orders is given to another table at once; free it in one migration and use it again in a later one", AtOnce,
            Way.Add(sales), Way.Add(Case(sales.Target, again))) { Kept = (FiveHundred, Codes, "SELECT `Id`, `Code`, `Total` FROM `Sales` ORDER BY 1") };
    }
}
