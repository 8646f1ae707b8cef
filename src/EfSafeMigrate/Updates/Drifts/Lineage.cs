using System.Text;
using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Updates.Drifts;

/// <summary>What migrations have made, as far as their operations and their SQL say; where a text leaves it open, nobody is blamed.</summary>
internal sealed partial class Lineage
{
    /// <summary>PostgreSQL cuts longer names.</summary>
    private const int WholeName = 63;

    private readonly HashSet<string> given = [];
    private readonly HashSet<string> numbered = [];
    private readonly HashSet<string> referring = [];
    private readonly List<RawText> texts = [];
    private readonly List<Made> made = [];

    private Lineage(DatabaseModel model) => Model = model;

    /// <summary>The schema that comes of them, with what their SQL makes.</summary>
    public DatabaseModel Model { get; private set; }

    public IReadOnlyList<MigrationChanges> Migrations { get; private set; } = [];

    /// <summary>EF's own table.</summary>
    public TableName? History { get; private init; }

    /// <summary>Some of the applied migrations are not in the project: things may be theirs.</summary>
    public bool IsPart { get; init; }

    /// <param name="ids">Oldest first.</param>
    /// <param name="isPart">There were others.</param>
    public static async Task<Lineage> ReadAsync(LoadedProject project, SqlDialect dialect, IReadOnlyList<string> ids, bool isPart, CancellationToken cancellation)
    {
        var described = await project.AskAsync(new DescribeRequest(ids, PendingModel: false) { FirstSourcesOnly = true, WithHistory = true }, ProtocolJson.Default.DescribeResult, cancellation);
        return Of(described, dialect, isPart);
    }

    public static Lineage Of(DescribeResult described, SqlDialect dialect, bool isPart)
    {
        var reader = ChangeReader.WithoutSources(dialect);
        var lineage = new Lineage(described.Migrations.Count > 0 ? described.Migrations[0].Source ?? DatabaseModel.Empty : DatabaseModel.Empty)
        {
            IsPart = isPart,
            History = described.CreateHistory is not { } create ? null
                : StatementReader.Read(create, dialect, DatabaseModel.Empty).OfType<CreateTable>().FirstOrDefault()?.Table,
        };
        List<MigrationChanges> read = [];
        foreach (var message in described.Migrations)
        {
            read.Add(reader.Read(new DescribeResult([message with { Source = lineage.Model }], null)).Migrations[0]);
            lineage.Pass(message, read[^1]);
        }
        lineage.Migrations = read;
        return lineage;
    }

    /// <summary>Some step gave a column of this name a default; EF leaves it there when the model drops it.</summary>
    public bool EverGave(string column) => given.Contains(column) || texts.Any(text => text.Says("DEFAULT") && text.Says(column));

    public bool EverNumbered(string column) => numbered.Contains(column) || texts.Any(text => text.Says(column) && (text.Says("IDENTITY") || text.Says("nextval") || text.Says("serial") || text.Says("bigserial")));

    /// <summary>Some step made a foreign key of this name; its server may have made an index of that name for it, which stays when the key goes.</summary>
    public bool EverReferred(string name) => referring.Contains(name);

    /// <summary>SQL that somebody wrote has the word in it.</summary>
    public bool Says(string word) => texts.Any(text => text.Says(word));

    /// <summary>SQL that somebody wrote has all of the words in it.</summary>
    public bool SaysTogether(params string[] words) => texts.Any(text => Array.TrueForAll(words, text.Says));

    /// <summary>SQL that does more to the table than can be read.</summary>
    public bool LeavesOpen(TableName table) => texts.Any(text => text.LeavesOpen(table.Name));

    /// <summary>Views and triggers that the migrations make by SQL, that no later one takes away, and of which no text leaves that open.</summary>
    public IEnumerable<Made> Owed => made.Where(each => IsThere(each) && !texts.Skip(each.Text).Any(later => later.MayTake(each)));

    private bool IsThere(Made each) => Model.Find(each.Owner) is { } table && (each.Trigger is { } trigger ? table.Triggers.Contains(trigger) : table.Kind is TableKind.View or TableKind.MaterializedView);

    private void Pass(MigrationMessage message, MigrationChanges migration)
    {
        var changes = migration.Changes.ToLookup(change => change.Origin.Operation);
        for (var index = 0; index < message.Operations.Count; index++)
        {
            var isRaw = OperationReader.NameOf(message.Operations[index]) == "Sql" || changes[index].Any(change => change is UnknownOperation or UnreadOperation);
            texts.AddRange(migration.Commands.Where(command => command.Operations.Contains(index) && (isRaw || Drops().IsMatch(command.Sql)))
                .Select(command => new RawText(command.Sql, IsRaw: isRaw, IsOurs: migration.Phase is not null)));
            foreach (var change in changes[index])
            {
                Pass(change, migration);
                Model = Model.After(change);
            }
        }
    }

    private void Pass(Change change, MigrationChanges migration)
    {
        foreach (var column in Columns(change))
        {
            _ = column.Default is null || given.Add(column.Name);
            _ = !column.Identity || numbered.Add(column.Name);
        }
        referring.UnionWith(Keys(change).Select(key => key.Name).OfType<string>());
        if (change is RenameColumn rename)
        {
            _ = !given.Contains(rename.Name) || given.Add(rename.NewName);
            _ = !numbered.Contains(rename.Name) || numbered.Add(rename.NewName);
        }
        if (change is CreateView or CreateTrigger && texts is [.., { IsConditional: false }])
        {
            var trigger = (change as CreateTrigger)?.Name;
            made.RemoveAll(each => each.Owner == change.Target && each.Trigger == trigger);
            made.Add(new(change.Target!, trigger, migration.Name, texts.Count));
        }
    }

    private static IEnumerable<ForeignKey> Keys(Change change) => change switch
    {
        CreateTable create => create.Definition.ForeignKeys,
        AddForeignKey add => [add.ForeignKey],
        _ => [],
    };

    private static IEnumerable<Column> Columns(Change change) => change switch
    {
        CreateTable create => create.Definition.Columns,
        AddColumn add => [add.Column],
        AlterColumn { Old: { } old } alter => [alter.New, old],
        AlterColumn alter => [alter.New],
        _ => [],
    };

    [GeneratedRegex(@"\bDROP\s+TABLE\b", RegexOptions.IgnoreCase)]
    private static partial Regex Drops();

    /// <param name="Trigger">Null for a view.</param>
    /// <param name="Migration">The name of the one that makes it.</param>
    /// <param name="Text">How many texts there were up to then.</param>
    internal sealed record Made(TableName Owner, string? Trigger, string Migration, int Text);

    /// <param name="IsRaw">Somebody wrote it; otherwise it is the provider's.</param>
    /// <param name="IsOurs">Of a phase that the tool wrote: whatever it makes, it names.</param>
    private sealed partial record RawText(string Sql, bool IsRaw, bool IsOurs)
    {
        /// <summary>Whether it does what it says depends on what it finds.</summary>
        public bool IsConditional { get; } = Conditional().IsMatch(Sql);

        private readonly bool isDynamic = IsRaw && !IsOurs && Dynamic().IsMatch(Sql);

        public bool Says(string word)
        {
            if (!IsRaw)
            {
                return false;
            }
            foreach (var spelt in new[] { word, word.Replace("\"", "\"\"", StringComparison.Ordinal) }.Distinct())
            {
                for (var at = 0; (at = Sql.IndexOf(spelt, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
                {
                    if ((at == 0 || !IsOfWord(Sql[at - 1])) && (at + spelt.Length >= Sql.Length || !IsOfWord(Sql[at + spelt.Length]) || Encoding.UTF8.GetByteCount(word) >= WholeName))
                    {
                        return true;
                    }
                }
            }
            return false;
        }

        public bool LeavesOpen(string table) => isDynamic && (Says(table) || Catalogue().IsMatch(Sql));

        public bool MayTake(Made each) =>
            (IsRaw && Cascades().IsMatch(Sql))
            || (isDynamic && (LeavesOpen(each.Owner.Name) || (each.Trigger is { } trigger && Says(trigger))))
            || (IsConditional && (Says(each.Trigger ?? each.Owner.Name)))
            // With a table go its triggers; SQLite's provider makes the table anew.
            || (each.Trigger is not null && Drops().IsMatch(Sql) && Sql.Contains(each.Owner.Name, StringComparison.OrdinalIgnoreCase));

        private static bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_';

        [GeneratedRegex(@"(?:^|;)\s*DO\b|\bIF\b(?!\s+(?:NOT\s+)?EXISTS\s+[""\[`\w])|\bLOOP\b", RegexOptions.IgnoreCase)]
        private static partial Regex Conditional();

        [GeneratedRegex(@"\bEXECUTE\s+(?!FUNCTION\b|PROCEDURE\b|ON\b)|(?:^|;)\s*(?:SELECT|CALL|EXEC)\b|\bPERFORM\b", RegexOptions.IgnoreCase)]
        private static partial Regex Dynamic();

        [GeneratedRegex(@"\bpg_tables\b|\bpg_class\b|\binformation_schema\b|\bpg_catalog\b|\bsqlite_master\b|\bsqlite_schema\b", RegexOptions.IgnoreCase)]
        private static partial Regex Catalogue();

        [GeneratedRegex(@"\bDROP\b[^;]*\bCASCADE\b", RegexOptions.IgnoreCase)]
        private static partial Regex Cascades();
    }
}
