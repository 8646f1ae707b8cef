using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AlterPkIntToBigintRuleCases
{
    private const string Parcels = "CREATE TABLE parcels (id integer PRIMARY KEY, name text)";

    private static readonly CuredForm Form = Widened("parcels", "bigint");

    private static CuredForm Widened(string table, string type) =>
        new([Deploy($"ALTER TABLE {table} ADD COLUMN no {type}", Filled(table, "no", "id"), Concurrently(table, $"ux_{table}_no", "no"))]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a primary key", Severity.Dangerous, "ALTER TABLE parcels ALTER COLUMN id TYPE bigint").After(Parcels).Saying("The key parcels.id becomes bigint (from integer)").Cured(Form),
        Flagged("a key that others reference", Severity.Dangerous, "ALTER TABLE parcels ALTER COLUMN id TYPE bigint")
            .After($"{Parcels}; CREATE TABLE labels (id integer PRIMARY KEY, parcel_id integer REFERENCES parcels (id))").Saying("labels.parcel_id references it and has to follow")
            .Cured([.. Beside("labels", "parcel_id", "parcel", "bigint"), .. Form.Deployments]),
        Flagged("a small integer", Severity.Dangerous, "ALTER TABLE kinds ALTER COLUMN id TYPE integer").After("CREATE TABLE kinds (id smallint PRIMARY KEY, name text)")
            .Cured(Widened("kinds", "integer")),
        Allowed("another column", "ALTER TABLE orders ALTER COLUMN qty TYPE bigint"),
        Allowed("another type", "ALTER TABLE parcels ALTER COLUMN id TYPE text").After(Parcels),
        Allowed("the table is new", "CREATE TABLE invoices (id integer PRIMARY KEY); ALTER TABLE invoices ALTER COLUMN id TYPE bigint"),
    ];
}
