using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Updates;

/// <summary>
/// A migration that takes rows away says so: in a statement that names the table. One that does it by a cascade, a trigger or a function
/// is rolled back, unless somebody has accepted that.
/// </summary>
internal sealed class KeptRows(KeptRowsForms? forms, PlannedUpdate migration, bool accepted)
{
    /// <summary>The command that begins the transaction in which EF records the migration.</summary>
    private readonly int first = migration.Commands.TakeWhile(command => !command.IsHistory).Select((command, at) => command.Suppressed ? at + 1 : 0).DefaultIfEmpty(0).Max();

    /// <summary>Statements before a command, in its transaction.</summary>
    public IReadOnlyList<string> Before(int at) =>
        forms is null || accepted ? []
        : migration.Commands[at].IsHistory ? first < at ? [forms.Check(Said(), Texts())] : []
        : at == first ? [forms.Begin(Said())] : [];

    private IReadOnlyList<TableName> Said() => [.. migration.Judged.Migration.Changes.Select(Emptied).OfType<TableName>().Distinct()];

    /// <summary>What the tool cannot read may name a table all the same; and behind a search_path of its own, a name may be in any schema.</summary>
    private IReadOnlyList<string> Texts()
    {
        var changes = migration.Judged.Migration.Changes;
        var elsewhere = changes.OfType<SetSetting>().Any(setting => setting.Name.Equals("search_path", StringComparison.OrdinalIgnoreCase));
        return [.. changes.OfType<OpaqueSql>().Select(opaque => opaque.Sql), .. elsewhere ? Said().Where(table => table.Schema is null).Select(table => table.Name) : []];
    }

    private static TableName? Emptied(Change change) => change switch
    {
        DeleteRows rows => rows.Table,
        DeleteData rows => rows.Table,
        Truncate all => all.Table,
        DropTable all => all.Table,
        _ => null,
    };
}
