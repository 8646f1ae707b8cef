using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropColumnRequiredNoDefaultRuleCases
{
    private const string Parcels = "CREATE TABLE parcels (id bigint PRIMARY KEY, weight integer NOT NULL)";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a required column", Severity.Careful, "ALTER TABLE parcels DROP COLUMN weight").After(Parcels).Saying("every INSERT of a release that does not map it fails")
            .Cured(Retired("parcels", "weight", "ALTER TABLE parcels ALTER COLUMN weight SET DEFAULT 0")),
        FlaggedOperations("as EF says it", Severity.Careful, new DropColumn(new(null, "parcels"), "weight")).After(Parcels)
            .Cured(Retired("parcels", "weight", "ALTER TABLE parcels ALTER COLUMN weight SET DEFAULT 0")),
        Flagged("another engine", Severity.Careful, "ALTER TABLE parcels DROP COLUMN weight").On("mysql").After("CREATE TABLE parcels (id bigint PRIMARY KEY, weight int NOT NULL)")
            .Cured(Retired("parcels", "weight", "ALTER TABLE parcels ALTER COLUMN weight SET DEFAULT 0")),
        Allowed("a nullable column", "ALTER TABLE orders DROP COLUMN note"),
        Allowed("a column with a default", "ALTER TABLE orders DROP COLUMN qty"),
        Allowed("a numbered column", "ALTER TABLE tags DROP COLUMN no").After("CREATE TABLE tags (id bigint PRIMARY KEY, no bigint GENERATED ALWAYS AS IDENTITY)"),
        Allowed("the column is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text NOT NULL); ALTER TABLE invoices DROP COLUMN n"),
    ];
}
