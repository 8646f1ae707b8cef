using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans.Rewrites;

namespace EfSafeMigrate.Tests.Plans;

/// <summary>Moves of a column to another table, in the types and words of Pomelo.</summary>
internal static class MariaDbMoveCases
{
    private const string Text = "varchar(80) CHARACTER SET utf8mb4";
    private const string People = "INSERT INTO `Customers` (`Id`, `Email`, `Phone`) SELECT seq, CONCAT('mail ', seq), IF(seq % 3 > 0, CONCAT('call ', seq), NULL) FROM seq_1_to_1200;";

    /// <summary>Also where no trigger fills what an INSERT leaves out.</summary>
    public static PlanCase Optional { get; } = new(
        "move an optional column to a table that refers to its own", Customers($"`Email` {Text} NULL, `Phone` {Text} NULL") + Cards(""), Customers($"`Email` {Text} NULL") + Cards($"`Phone` {Text} NULL"))
    {
        Decisions = MoveColumnRewriteCases.Moves("Customers.Phone=Cards"),
        Rows = People + "INSERT INTO `Cards` (`Id`, `CustomerId`) SELECT 5000 - `Id`, `Id` FROM `Customers`;",
        Kept = ("SELECT `Id`, `Phone` FROM `Customers` ORDER BY 1", "SELECT `CustomerId`, `Phone` FROM `Cards` ORDER BY 1"),
    };

    public static IReadOnlyList<PlanCase> All { get; } =
    [
        new(
            "move columns to a table that is made for them", Customers($"`Email` {Text} NOT NULL, `Phone` {Text} NULL"),
            Customers("") + Profiles($"`Email` {Text} NOT NULL, `Phone` {Text} NULL, `Motto` {Text} NOT NULL DEFAULT 'none'"))
        {
            Decisions = MoveColumnRewriteCases.Moves("Customers.Email=Profiles", "Customers.Phone=Profiles"),
            Rows = People,
            Kept = ("SELECT `Id`, `Email`, `Phone` FROM `Customers` ORDER BY 1", "SELECT `CustomerId`, `Email`, `Phone` FROM `Profiles` ORDER BY 1"),
        },
        new("move an optional column to a table that is made for it alone", Customers($"`Email` {Text} NULL, `Phone` {Text} NULL"), Customers($"`Email` {Text} NULL") + Profiles($"`Phone` {Text} NOT NULL"))
        {
            Decisions = MoveColumnRewriteCases.Moves("Customers.Phone=Profiles"),
            Rows = People,
            Kept = ("SELECT `Id`, `Phone` FROM `Customers` WHERE `Phone` IS NOT NULL ORDER BY 1", "SELECT `CustomerId`, `Phone` FROM `Profiles` ORDER BY 1"),
        },
        new(
            "move a required column to a table that refers to its own", Customers($"`Email` {Text} NOT NULL, `Phone` {Text} NULL") + Cards(""),
            Customers($"`Phone` {Text} NULL") + Cards($"`Email` {Text} NOT NULL"))
        {
            Decisions = MoveColumnRewriteCases.Moves("Customers.Email=Cards"),
            Rows = People + "INSERT INTO `Cards` (`Id`, `CustomerId`) SELECT 5000 - `Id`, `Id` FROM `Customers`;",
            Kept = ("SELECT `Id`, `Email` FROM `Customers` ORDER BY 1", "SELECT `CustomerId`, `Email` FROM `Cards` ORDER BY 1"),
        },
        new("move a required column to the table that its own refers to", Customers("") + Cards($"`Email` {Text} NOT NULL"), Customers($"`Email` {Text} NOT NULL") + Cards(""))
        {
            Decisions = MoveColumnRewriteCases.Moves("Cards.Email=Customers") with { Fills = [(new(null, "Customers"), "Email", "'none'")] },
            Rows = "INSERT INTO `Customers` (`Id`) SELECT seq FROM seq_1_to_1200; INSERT INTO `Cards` (`Id`, `CustomerId`, `Email`) SELECT 5000 - seq, seq, CONCAT('mail ', seq) FROM seq_1_to_1200 WHERE seq % 5 > 0;",
            Kept = ("SELECT `CustomerId`, `Email` FROM `Cards` ORDER BY 1", "SELECT `Id`, `Email` FROM `Customers` WHERE `Id` % 5 > 0 ORDER BY 1"),
        },
        Optional,
    ];

    private static string Customers(string columns) => Table("Customers", "`Id` int NOT NULL", columns, "CONSTRAINT `PK_Customers` PRIMARY KEY (`Id`)");

    private static string Profiles(string columns) => Table(
        "Profiles", "`CustomerId` int NOT NULL", columns,
        "CONSTRAINT `PK_Profiles` PRIMARY KEY (`CustomerId`)", "CONSTRAINT `FK_Profiles_Customers_CustomerId` FOREIGN KEY (`CustomerId`) REFERENCES `Customers` (`Id`) ON DELETE CASCADE");

    private static string Cards(string columns) => Table(
        "Cards", "`Id` int NOT NULL", "`CustomerId` int NOT NULL", columns,
        "CONSTRAINT `PK_Cards` PRIMARY KEY (`Id`)", "CONSTRAINT `FK_Cards_Customers_CustomerId` FOREIGN KEY (`CustomerId`) REFERENCES `Customers` (`Id`) ON DELETE CASCADE")
        + "CREATE UNIQUE INDEX `IX_Cards_CustomerId` ON `Cards` (`CustomerId`);";

    private static string Table(string name, params IEnumerable<string> parts) => $"CREATE TABLE `{name}` ({string.Join(", ", parts.Where(part => part.Length > 0))});";
}
