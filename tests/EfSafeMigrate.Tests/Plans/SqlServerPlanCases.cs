using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines.SqlServer;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Tests.Plans;

/// <summary>Every pattern as it is written for SQL Server; nothing here runs them.</summary>
internal static class SqlServerPlanCases
{
    private const string Customers = "CREATE TABLE [Customers] ([Id] int NOT NULL, [Name] nvarchar(80) NOT NULL, [Nick] nvarchar(max) NULL, CONSTRAINT [PK_Customers] PRIMARY KEY ([Id]));";

    private const string Orders = "CREATE TABLE [Orders] ([Id] bigint NOT NULL, [Line] int NOT NULL, [CustomerId] int NULL, CONSTRAINT [PK_Orders] PRIMARY KEY ([Id], [Line]){0});";

    private static readonly TableName Table = new(null, "Customers");

    public static IReadOnlyList<PlanCase> All { get; } = [.. Cases().Select(Of)];

    public static PlanCase Named(string name) => All.Single(each => each.Name == name);

    /// <param name="planCase">Its models know of a trigger on each table.</param>
    private static PlanCase Of(PlanCase planCase) => Plain(planCase with { Source = Told(planCase.Source), Target = Told(planCase.Target) });

    public static PlanCase Plain(PlanCase planCase) => planCase with
    {
        On = SqlServerEngine.Value, Version = SqlServerEngine.Value.Assumed,
        Decisions = (planCase.Decisions == Decisions.None ? new(planCase.Guessed, [], []) : planCase.Decisions) with { Phased = true },
    };

    private static IEnumerable<PlanCase> Cases() =>
    [
        new("rename a required column", Customers, Renamed(Customers)) { Guessed = [PlanCase.Rename("Customers", "Name", "FullName")] },
        new("rename a column of a key of two", Order(""), Order("").Replace("[CustomerId]", "[BuyerId]", StringComparison.Ordinal)) { Guessed = [PlanCase.Rename("Orders", "CustomerId", "BuyerId")] },
        new("rename a column to another type", Customers, Customers.Replace("[Nick] nvarchar(max)", "[Number] int", StringComparison.Ordinal))
        {
            Decisions = new([PlanCase.Rename("Customers", "Nick", "Number")], [], []) { Usings = [(Table, "Number", "TRY_CAST([Nick] AS int)"), (Table, "Nick", "CONVERT(nvarchar(20), [Number])")] },
        },
        new("add a required column", Customers, Added("[Slug] nvarchar(90) NOT NULL")) { Decisions = new([], [], [(Table, "Slug", "LOWER([Name])")]) },
        new("add a required column with a default", Customers, Added("[Level] int NOT NULL DEFAULT 3")),
        new("make a column required", Customers, Customers.Replace("[Nick] nvarchar(max) NULL", "[Nick] nvarchar(max) NOT NULL", StringComparison.Ordinal)) { Decisions = new([], [], [(Table, "Nick", "CONCAT('it''s ', [Name])")]) },
        new("drop a required column", Customers, Customers.Replace("[Name] nvarchar(80) NOT NULL, ", "", StringComparison.Ordinal)) { Decisions = new([], [(Table, "Name")], []) },
        new("drop a table", Customers + Order(""), Customers),
        new("add a foreign key", Customers + Order(""), Customers + Order(", CONSTRAINT [FK_Orders_Customers] FOREIGN KEY ([CustomerId]) REFERENCES [Customers] ([Id]) ON DELETE CASCADE")),
        new("drop a foreign key", Customers + Order(", CONSTRAINT [FK_Orders_Customers] FOREIGN KEY ([CustomerId]) REFERENCES [Customers] ([Id])"), Customers + Order("")),
        new("add a check", Customers, Customers.Replace("CONSTRAINT", "CONSTRAINT [CK_Name] CHECK ([Name] <> ''), CONSTRAINT", StringComparison.Ordinal)),
        new("odd names", "CREATE TABLE [my].[It's [a]]] ([Id] int NOT NULL, [Old 'one'] nvarchar(9) NULL, CONSTRAINT [PK] PRIMARY KEY ([Id]));", "CREATE TABLE [my].[It's [a]]] ([Id] int NOT NULL, [new ]] one] nvarchar(9) NULL, CONSTRAINT [PK] PRIMARY KEY ([Id]));")
        {
            Guessed = [new(new("my", "It's [a]"), "Old 'one'", "new ] one")],
        },
    ];

    private static string Told(string schema) => string.Concat(schema.Split(';', StringSplitOptions.RemoveEmptyEntries).Select((table, at) =>
        $"{table};\nGO\nCREATE TRIGGER [known{at}] ON {table["CREATE TABLE ".Length..table.IndexOf(" (", StringComparison.Ordinal)]} AFTER INSERT AS RETURN;\nGO\n"));

    private static string Renamed(string schema) => schema.Replace("[Name]", "[FullName]", StringComparison.Ordinal);

    private static string Added(string column) => Customers.Replace("CONSTRAINT", $"{column}, CONSTRAINT", StringComparison.Ordinal);

    private static string Order(string key) => Orders.Replace("{0}", key, StringComparison.Ordinal);
}
