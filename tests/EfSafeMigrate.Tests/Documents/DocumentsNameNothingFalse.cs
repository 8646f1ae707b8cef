using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Documents;
using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Tests.Documents;

/// <summary>Every migration, table and column that a document names is there, and none that changes is left out.</summary>
public partial class DocumentsNameNothingFalse
{
    public static TheoryData<string> Cases => [.. Dossiers.Cases.Select(each => each.Name)];

    [Theory, MemberData(nameof(Cases))]
    public void Migrations(string name)
    {
        var dossier = Dossiers.Named(name);
        string[] there = [.. dossier.Known, .. dossier.Known.Select(MigrationChanges.NameOf)];
        foreach (var kind in DocumentKind.All)
        {
            var page = kind.Write(dossier);
            MigrationName().Matches(page).Select(match => match.Value).Except(there).ShouldBeEmpty(kind.Name);
            Named().Matches(page).Select(match => match.Groups["name"].Value).Except(there).ShouldBeEmpty(kind.Name);
        }
        foreach (var id in dossier.Migrations.Select(migration => migration.Migration.Id))
        {
            RunbookPage.Of(dossier).ShouldContain(id);
            PlanPage.Of(dossier).ShouldContain(id);
            RollbackPage.Of(dossier).ShouldContain(MigrationChanges.NameOf(id));
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void TablesAndColumns(string name)
    {
        var dossier = Dossiers.Named(name);
        var models = dossier.Migrations.SelectMany(migration => migration.Situations.Select(situation => situation.Before).Prepend(migration.Migration.Source))
            .Append(dossier.Migrations[^1].Migration.Changes.Aggregate(dossier.Migrations[^1].Migration.Source, Evolution.After)).ToArray();
        var (first, last) = (models[0], models[^1]);
        var schema = Schema().Match(PlanPage.Of(dossier)).Groups["text"].Value;
        var shown = schema.Split("\n### ").Skip(1).Select(section => (Table: section.Split('\n')[0], Rows: Rows(section))).ToArray();
        var renames = dossier.Migrations.SelectMany(migration => migration.Migration.Changes).OfType<RenameTable>().ToArray();
        foreach (var (table, rows) in shown)
        {
            var now = Find(last, table);
            var old = Before(now?.Name, renames) is { } former && Find(first, Markdown.Code($"{former}")) is { } found ? found : Find(first, table);
            (old ?? now).ShouldNotBeNull(table);
            string[] columns = [.. Names(old).Union(Names(now)).Select(column => Markdown.Code(column, inTable: true))];
            rows.Select(row => row.Column).ShouldBe(columns, ignoreOrder: true, table);
            foreach (var row in rows)
            {
                row.Now.ShouldBe(Names(old).Any(column => Markdown.Code(column, inTable: true) == row.Column), $"{table}.{row.Column}");
                row.Then.ShouldBe(Names(now).Any(column => Markdown.Code(column, inTable: true) == row.Column), $"{table}.{row.Column}");
            }
        }
        foreach (var changed in dossier.Migrations.SelectMany(migration => migration.Migration.Changes).OfType<TableChange>().Where(change => change is AddColumn or DropColumn or AlterColumn))
        {
            if (Find(first, Markdown.Code($"{changed.Table}")) is { Kind: TableKind.Table } && Find(last, Markdown.Code($"{changed.Table}")) is { Kind: TableKind.Table })
            {
                shown.Select(each => each.Table).ShouldContain(Markdown.Code($"{changed.Table}"));
            }
        }
    }

    private static IEnumerable<string> Names(Table? table) => table?.Columns.Select(column => column.Name) ?? [];

    /// <summary>Back over all its names.</summary>
    private static TableName? Before(TableName? now, IEnumerable<RenameTable> renames)
    {
        foreach (var rename in renames.Reverse())
        {
            now = rename.NewName == now ? rename.Table : now;
        }
        return now;
    }

    private static Table? Find(DatabaseModel model, string shown) => model.Tables.FirstOrDefault(table => Markdown.Code($"{table.Name}") == shown && table.Kind is TableKind.Table or TableKind.Partitioned);

    private static (string Column, bool Now, bool Then)[] Rows(string section) =>
    [
        .. section.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)
            .Select(line => Bar().Split(line)).Select(cells => (cells[1].Trim(' ', '*'), cells[2].Trim().Length > 0, cells[3].Trim().Length > 0)),
    ];

    [GeneratedRegex(@"\b\d{14}_\w+")]
    private static partial Regex MigrationName();

    /// <summary>What commands and headings name.</summary>
    [GeneratedRegex(@"(?<name>\bChange\d(?:Expand|Backfill|Constrain|Contract)\d*\b)")]
    private static partial Regex Named();

    [GeneratedRegex(@"\n## Schema\n(?<text>.*?)\n## Phases\n", RegexOptions.Singleline)]
    private static partial Regex Schema();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}
