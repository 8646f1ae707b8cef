using EfSafeMigrate.Changes;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Tests.Updates;

/// <summary>Plans of a few words: a migration is a name and its SQL; with an exclamation mark it destroys data.</summary>
internal static class Plans
{
    public static readonly Target Shop = new("db.internal:5432", "shop", "deploy", "fingerprint-of-shop");

    public static UpdatePlan Of(Target target, params (string Name, string Sql)[] migrations) =>
        new(target, [.. migrations.Select((migration, at) => Migration($"2026010100000{at}_{migration.Name}", migration.Sql))]);

    private static PlannedUpdate Migration(string id, string sql)
    {
        Finding[] findings = sql.EndsWith('!')
            ? [new Finding(Severity.Dangerous, "Orders.Note is dropped with its values.", "the change itself", Cure.Text("keep it")) { Category = Category.Destructive }]
            : [];
        return new(new ReviewedMigration(new MigrationChanges(id, DatabaseModel.Empty, []) { Commands = [new Command(sql, Suppressed: false, [])] }, [], findings), [new PlannedCommand(sql, Suppressed: false, [], EfSafeMigrate.Engines.Waiting.Brief)]);
    }
}
