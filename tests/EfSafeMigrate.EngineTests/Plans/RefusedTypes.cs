using static EfSafeMigrate.EngineTests.Plans.Refusal;
using static EfSafeMigrate.EngineTests.Plans.Refusals;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>What changes its type, and what stands on it.</summary>
internal static class RefusedTypes
{
    public static IEnumerable<Refusal> All()
    {
        var key = Case(Orders("`Id` int NOT NULL AUTO_INCREMENT"), Orders("`Id` bigint NOT NULL AUTO_INCREMENT"));
        yield return new("a key that the database counts gets wider", key, "it is a key, whose columns MariaDB makes anew by copying the table while writers wait; change it when nobody writes", AtOnce, Way.Single(key))
        {
            Kept = ("INSERT INTO `Orders` (`Code`, `Total`) SELECT seq, seq * 2 FROM seq_1_to_500;", Codes, Codes),
        };

        var tied = Case(Shop("int"), Shop("bigint"));
        yield return new("a key gets wider that a foreign key refers to", tied, "and MariaDB changes neither side of a foreign key that is there",
            AtOnce + ", and let its Up and its Down first drop FK_Orders_Customers and at last add it again",
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

        yield return OfCode("a type that the running release cannot read", "int NOT NULL", "decimal(10,2) NOT NULL", "", "the running release cannot read decimal(10,2); add a column of its own for it, and drop Code in a later migration", AtOnce,
            Way.Add(Case(Coded("int NOT NULL"), Coded("int NOT NULL", "`Price` decimal(10,2) NOT NULL,")) with { Decisions = Filled("Price", "`Code`") }),
            Way.Add(Case(Coded("int NOT NULL", "`Price` decimal(10,2) NOT NULL,"), Coded(null, "`Price` decimal(10,2) NOT NULL,"))))
            with { Kept = (FiveHundred, "SELECT `Id`, `Code` + 0.00, `Total` FROM `Orders` ORDER BY 1", "SELECT `Id`, `Price`, `Total` FROM `Orders` ORDER BY 1") };
        yield return OfCode("a type changes and it becomes required", "int NULL", "bigint NOT NULL", "", "it becomes required as well; do that in a migration of its own", AtOnce,
            Way.Add(Case(Coded("int NULL"), Coded("bigint NULL"))), Way.Add(Case(Coded("bigint NULL"), Coded("bigint NOT NULL")) with { Decisions = Filled("Code", "0") }));
        yield return OfCode("a type changes under a check", "int NOT NULL", "bigint NOT NULL", "`Other` int NULL, CONSTRAINT `CK_Code` CHECK (`Code` > 0),", "the check CK_Code reads it, and a check is added by a copy of the table", AtOnce);
        yield return OfCode("a type changes that another column is computed from", "int NOT NULL", "bigint NOT NULL", "`Twice` int AS (`Code` * 2),", "Twice is computed from it", AtOnce);
        yield return OfCode("a number gets wider that the database counts beside the key", "int NOT NULL AUTO_INCREMENT UNIQUE", "bigint NOT NULL AUTO_INCREMENT UNIQUE", "", "the database gives it its values", AtOnce);
        yield return OfCode("a unique number is rounded", "decimal(10,4) NOT NULL", "decimal(10,2) NOT NULL", "CONSTRAINT `AK_Code` UNIQUE (`Code`),", "values that differ would be rounded to the same, and AK_Code is unique", AtOnce)
            with { Kept = (FiveHundred, "SELECT `Id`, `Code` + 0.0000, `Total` FROM `Orders` ORDER BY 1", "SELECT `Id`, `Code` + 0.0000, `Total` FROM `Orders` ORDER BY 1") };

        const string Both = "CREATE INDEX `IX_Both` ON `Orders` (`Code`, `Total`);";
        var (none, half, whole) = (Wide("int", "int") + Both, Wide("bigint", "int") + Both, Wide("bigint", "bigint") + Both);
        yield return new("two columns of one index get wider", Case(none, whole), "IX_Both stands on Total too, whose type changes as well; change one in a migration of its own", AtOnce, Way.Add(Case(none, half)), Way.Add(Case(half, whole)))
        {
            Kept = (FiveHundred, Codes, Codes),
        };
        var (plain, wide, indexed) = (Wide("int", "int"), Wide("bigint", "int"), Wide("bigint", "int") + "CREATE INDEX `IX_Code` ON `Orders` (`Code`);");
        yield return new("a column gets wider and an index", Case(plain, indexed), "IX_Code changes as well; do that in a migration of its own", AtOnce, Way.Add(Case(plain, wide)), Way.Add(Case(wide, indexed)))
        {
            Kept = (FiveHundred, Codes, Codes),
        };
    }
}
