using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Rules;
using EfSafeMigrate.Uses;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>Reviews for reports to show, made without a project.</summary>
internal static class Reviews
{
    /// <summary>A root that a path of every system can begin with.</summary>
    public static string Root { get; } = Path.GetFullPath("/repository");

    /// <summary>Texts that are markup, commands or no text at all somewhere.</summary>
    public static IReadOnlyList<string> Nasty { get; } =
    [
        "a|b", "<script>alert(1)</script>", "-->", "]]>", "`code`", "``` fence", "**bold** _it_ ~~x~~", "[link](javascript:alert(1))", "# head", "1. list", "- item",
        "two\nlines\r\nand more", "tab\there", "'single' \"double\"", "a & b &amp; c", "100%25 %0A", "::error::no", "a:b,c=d", "emoji 🦄 and 👩‍👩‍👧", "\u0000\u0001\u001b[31mred\u0007",
        "\ud800 alone", "\udc00", "\ufffe\uffff", "right \u202Eto left", "@somebody #1 !2 $x$", "</details></summary>", "C:\\temp\\x", "日本語", "", " ", new string('x', 3000), "\u2028next\u2029", "{{ x }} ${y} $(z)",
    ];

    /// <summary>Three migrations of the shop, of which one is safe and one is not written yet; a finding of each kind.</summary>
    public static Review Shop() => Of(Changes(), ReportFacts());

    /// <summary>The same with what its code uses, in every place and of every kind.</summary>
    public static Review WithCode(string? nasty = null)
    {
        TouchedName[] touched =
        [
            new("20261121083000_TidyOrders", new(nasty, nasty ?? "payments"), nasty ?? "amount", Touch.ChangedType) { NewType = nasty ?? "numeric(20,4)" },
            new("20261121083000_TidyOrders", new(null, nasty ?? "logs"), null, Touch.DroppedTable),
            new(Origin.PendingModel, new(null, "orders"), "code", Touch.DroppedColumn),
        ];
        var kinds = Enum.GetValues<UseKind>();
        var uses = Enum.GetValues<CodePlace>().Select((place, at) => new CodeUse(
            touched[at % 2], kinds[at % kinds.Length], place, Path.Combine(Root, "src", nasty?.Replace("\0", "", StringComparison.Ordinal) ?? "Shop", $"{place}{new string('s', at * 12)}.cs"), at + 7, nasty ?? $"Amount = payment.Amount, // {place}"));
        return Shop() with { CodeUses = new(touched, [.. uses.OrderBy(use => Array.IndexOf(touched, use.Touched))], 120) { Unrestored = nasty is null ? ["Shop.Tests"] : [nasty] } };
    }

    public static Review Empty() => Of(new([]), FactSheet.Unknown);

    /// <summary>Every text that a finding, a migration and a waiver have is the nasty one.</summary>
    public static Review Named(string nasty)
    {
        var review = Of(Changes(nasty), ReportFacts());
        return review with { CodeUses = WithCode(nasty).CodeUses, Project = nasty, Context = nasty, Migrations = [.. review.Migrations.Select(migration => migration with { Findings = [.. migration.Findings.Select(finding => Spoilt(finding, nasty))] })] };
    }

    /// <summary>Findings of all severities, the gravest last.</summary>
    public static Review Large(int findings)
    {
        var review = Shop();
        var some = review.Findings.ToArray();
        var many = Enumerable.Range(0, findings).Select(number => some[number % some.Length] with
        {
            Message = $"Number {number}: {some[number % some.Length].Message}",
            Severity = (Severity)(number * 3 / findings),
            NeedsWaiver = false,
        });
        return review with { Migrations = [review.Migrations[0] with { Findings = [.. many] }] };
    }

    private static Finding Spoilt(Finding finding, string nasty) => finding with
    {
        Message = nasty, Evidence = nasty, Cure = new Cure(nasty, [new CureMigration([nasty, nasty])]), Table = new TableName(nasty, nasty), Column = nasty, Lock = nasty,
        Origin = finding.Origin with { Migration = nasty, OperationName = nasty, File = finding.Origin.File is null ? null : $"Migrations/{nasty.Replace("\0", "", StringComparison.Ordinal)}.cs" },
        Waiver = finding.Waiver is { } waiver ? waiver with { Reason = nasty } : null,
    };

    private static Review Of(ChangeSet changes, FactSheet facts) => new()
    {
        Project = "Shop",
        Context = "ShopContext",
        EfVersion = "10.0.14",
        Provider = "Npgsql.EntityFrameworkCore.PostgreSQL",
        ProviderVersion = "10.0.0",
        Engine = RuleCaseRun.Engine(RuleCase.Postgres),
        EngineBasis = EngineBasis.Provider,
        Facts = facts,
        Folder = new(Root, Path.Combine(Root, "src", "Shop")) { Home = "Migrations/ShopContextModelSnapshot.cs" },
        Migrations = Review.Judge(changes, together: true, RuleCaseRun.Engine(RuleCase.Postgres), facts),
        FailOn = Severity.Dangerous,
    };

    private static FactSheet ReportFacts() => new(Measured.Of(new EngineVersion(15, 18)))
    {
        Tables = new Dictionary<TableName, TableFacts>
        {
            [new(null, "orders")] = new(Measured.Of(4_812_330L), Measured.Of(1_100_000_000L), Measured.Of(300_000_000L)),
            [new(null, "customers")] = new(Measured.Of(50_211L), Measured.Of(9_000_000L), Measured.Of(2_000_000L)),
        },
        MeasuredAt = new DateTimeOffset(2026, 11, 21, 9, 14, 0, TimeSpan.Zero),
        Target = "shop@db.internal",
        Probes = [new(ProbeKind.Nulls, new(null, "orders"), ["note"], 0, [], 4_812_330)],
    };

    private static ChangeSet Changes(string? nasty = null)
    {
        var model = RuleCaseRun.Read(Tests.Rules.Shop.SchemaOn(RuleCase.Postgres) + "CREATE TABLE payments (id bigint PRIMARY KEY, amount numeric(10,2));", RuleCase.Postgres, DatabaseModel.Empty).Aggregate(DatabaseModel.Empty, Evolution.After);
        var read = new List<MigrationChanges>();
        void Add(string id, string? file, params string[] statements)
        {
            var changes = statements.SelectMany((sql, at) => StatementReader.Read(sql, SqlDialect.Of(RuleCase.Postgres), model).Select(change => change with
            {
                Origin = new(nasty ?? id, at, "Sql") { File = file, Line = file is null ? null : 14 + (4 * at), Column = file is null ? null : 13 },
                Unterminated = false,
                Waivers = change is DropTable && file is not null ? [new Waiver("drop-table", nasty ?? "nobody reads it", "safe-migrate: ignore drop-table")] : [],
            })).ToArray();
            read.Add(new(nasty ?? id, model, changes));
            model = changes.Aggregate(model, Evolution.After);
        }
        Add("20261120101500_AddCustomerTier", "Migrations/20261120101500_AddCustomerTier.cs", "ALTER TABLE customers ADD COLUMN tier integer NOT NULL DEFAULT 0", "CREATE TABLE tiers (id integer PRIMARY KEY, name text)");
        Add(
            "20261121083000_TidyOrders", "Migrations/20261121083000_TidyOrders.cs",
            "ALTER TABLE customers ADD COLUMN vat text", "CREATE INDEX ix_orders_placed_at ON orders (placed_at)", "ALTER TABLE orders ALTER COLUMN note SET NOT NULL",
            "ALTER TABLE payments ALTER COLUMN amount TYPE numeric(20,4)", "DROP TABLE logs", "SELECT secret()");
        Add(Origin.PendingModel, null, "ALTER TABLE orders DROP COLUMN code");
        return new(read);
    }
}
