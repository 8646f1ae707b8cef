using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddColumnRequiredDefaultDroppedRuleCases
{
    private static readonly CuredForm Kept = new CuredForm(
        [Deploy("ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT ''"), Deploy("ALTER TABLE orders ALTER COLUMN region DROP DEFAULT")]).Leaving("drop-default");

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("in the same migration", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT ''; ALTER TABLE orders ALTER COLUMN region DROP DEFAULT")
            .Saying("every INSERT of the running release, which does not know region, fails").Cured(Kept),
        Flagged("in the next migration of the deployment", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT ''", "ALTER TABLE orders ALTER COLUMN region DROP DEFAULT").Cured(Kept),
        Flagged("a quoted name", Severity.Dangerous, """ALTER TABLE orders ADD COLUMN "Region" integer NOT NULL DEFAULT 0; ALTER TABLE orders ALTER "Region" DROP DEFAULT""")
            .Cured(new CuredForm([Deploy("""ALTER TABLE orders ADD COLUMN "Region" integer NOT NULL DEFAULT 0"""), Deploy("""ALTER TABLE orders ALTER "Region" DROP DEFAULT""")]).Leaving("drop-default")),
        Flagged("another engine", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN region int NOT NULL DEFAULT 0; ALTER TABLE orders ALTER COLUMN region DROP DEFAULT").On("mysql")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders ADD COLUMN region int NOT NULL DEFAULT 0"), Deploy("ALTER TABLE orders ALTER COLUMN region DROP DEFAULT")]).Leaving("drop-default")),
        Allowed("it stays", "ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT ''"),
        Allowed("the column is nullable", "ALTER TABLE orders ADD COLUMN region text DEFAULT ''; ALTER TABLE orders ALTER COLUMN region DROP DEFAULT"),
        Allowed("another default takes its place", "ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT ''; ALTER TABLE orders ALTER COLUMN region DROP DEFAULT; ALTER TABLE orders ALTER COLUMN region SET DEFAULT 'eu'"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text NOT NULL DEFAULT ''); ALTER TABLE invoices ALTER COLUMN n DROP DEFAULT"),
        Allowed("the column is older", "ALTER TABLE orders ALTER COLUMN qty DROP DEFAULT"),
    ];
}
