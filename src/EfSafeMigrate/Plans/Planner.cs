using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Plans;

/// <summary>Splits pending model changes into phases that the running release survives.</summary>
internal static class Planner
{
    private static readonly IReadOnlyList<Rewrite> Rewrites =
    [
        .. typeof(Rewrite).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Rewrite)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (Rewrite)Activator.CreateInstance(type)!),
    ];

    /// <param name="pending">Between the source, with tables renamed as decided, and the target.</param>
    /// <exception cref="SafeMigrateException">A change cannot be planned without an answer from a person.</exception>
    public static Draft Propose(string name, MigrationChanges pending, DatabaseModel target, Engine engine, EngineVersion version, Decisions decisions)
    {
        RenameQuestions.Refuse(RenameQuestions.Of(pending, target, decisions));
        MoveQuestions.Refuse(MoveQuestions.Of(pending, target, decisions));
        if (decisions.Moves is [var moved, ..] && (engine.Phases?.Move is null || (engine.NoPhases is not null && !decisions.Phased)))
        {
            throw PlanErrors.NotCarried(
                $"the move of {moved.Table}.{moved.Name} to {moved.To}.{moved.NewName}", engine.NoPhases is { } reason && !decisions.Phased ? reason : $"{engine.Name} has no triggers for it", "--move", $"{moved.Table}.{moved.Name}");
        }
        var draft = new Draft(name, [])
        {
            Engine = engine,
            Version = version,
            Source = decisions.Tables.Reverse().Aggregate(pending.Source, (model, rename) => model.After(new RenameTable(rename.NewName, rename.Table))),
            SourceRenames = [.. decisions.Tables.Select(rename => new MapTable(rename.Table, rename.NewName))],
        };
        if (engine.Phases is not { } forms || (engine.NoPhases is not null && !decisions.Phased))
        {
            var why = engine.NoPhases ?? $"{engine.Name} has no phases yet";
            return decisions.Usings.Count == 0 ? draft with { OneShot = Unasked(engine, why) } : throw PlanErrors.NoPhases(decisions.Usings[0], why, engine.Phases is not null);
        }
        EnumRefusals.Check(pending.Source, target);
        var situations = RuleBook.Situations(new([pending]), engine, new(Measured.Of(version))).ToList();
        var findings = situations.SelectMany(situation => RuleBook.Judge(situation)).ToList();
        if (findings.TrueForAll(finding => finding.Severity == Severity.Safe) && decisions is { Renames: [], Fills: [], Tables: [], Usings: [], Moves: [] } && !situations.Exists(StopsTraffic))
        {
            return draft with { OneShot = "nothing in it stops the running release" };
        }
        var read = Pending.Read(pending, target, decisions, type => forms.Zero(type, target));
        IReadOnlyList<Change> changes = [.. decisions.Tables, .. NewNames.Of(read, pending.Source)];
        var context = new PlanContext(name, engine, version, pending.Source, target, decisions)
        {
            Changes = changes,
            Commands = pending.Commands,
            Groups = ColumnGroups.Of(pending.Source, target, decisions),
        };
        var rewritten = changes.Select(change => (Change: change, Pieces: PiecesOf(change, context))).ToList();
        if (rewritten.All(each => each.Pieces is null))
        {
            return findings.Find(finding => finding.Severity == Severity.Dangerous) is { } first
                ? throw PlanErrors.Dangerous(name, [first])
                : draft with { OneShot = "phases would not make it safer" };
        }
        List<Piece> pieces =
        [
            .. rewritten.Where(each => each.Pieces is null).Select(each => each.Change).DistinctBy(Identity.Of).Select(Unchanged),
            .. rewritten.SelectMany(each => each.Pieces ?? []),
        ];
        RefuseTriggers(pieces, pending.Source, target, forms);
        return draft with
        {
            Migrations = Composition.Of(pieces, apart: engine.RebuildsTables),
            Notes = [.. pieces.Select(piece => piece.Note).Prepend(forms.Caution).OfType<string>().Distinct()],
        };
    }

    private static void RefuseTriggers(IReadOnlyList<Piece> pieces, DatabaseModel source, DatabaseModel target, PhaseForms forms)
    {
        foreach (var table in pieces.Where(piece => piece.Up.HasTriggers || piece.Down.HasTriggers).Select(piece => piece.Table).OfType<TableName>().Distinct())
        {
            if (new[] { source, target }.Select(model => model.Find(table)).OfType<Table>().Select(forms.RefusesTriggers).OfType<string>().FirstOrDefault() is { } why)
            {
                throw PlanErrors.NotHandled($"the changes of {table}", why);
            }
        }
    }

    private static string Unasked(Engine engine, string why) => engine.Phases is null ? why : $"{why}; --phased makes phases all the same";

    /// <summary>A lock that lasts as long as work over the rows, whether a rule speaks of it or not.</summary>
    private static bool StopsTraffic(Situation situation) =>
        !situation.IsOnNewTable && situation.Impact is { Lasting: true, Blocks: not Blocks.Nothing };

    private static IReadOnlyList<Piece>? PiecesOf(Change change, PlanContext context)
    {
        var answers = Rewrites.Select(rewrite => rewrite.Plan(change, context)).OfType<IReadOnlyList<Piece>>().ToList();
        return answers.Count < 2
            ? answers.FirstOrDefault()
            : throw new InvalidOperationException($"{answers.Count} patterns claim {Identity.Of(change)}.");
    }

    /// <summary>What no pattern claims goes first, as EF has it; the review of the finished plan refuses what must not.</summary>
    private static Piece Unchanged(Change change) =>
        new(Slot.Expand, "") { Table = change.Target, Up = new() { Disposals = [Disposals.Again(change)] } };
}
