using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines.MariaDb;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using SqlStep = EfSafeMigrate.Plans.Sql;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>A change that has no phases on MariaDB, what is said of it, and what a person does who follows that.</summary>
/// <param name="Why">What its sentence says.</param>
/// <param name="Next">The step that is said to come next.</param>
internal sealed record Refusal(string Name, PlanCase Asked, string Why, string Next, params IReadOnlyList<Way> Ways)
{
    /// <summary>What refuses, where it is not the plan.</summary>
    public Action? By { get; init; }

    /// <summary>Rows to begin with, and what asks for them before and after.</summary>
    public (string Rows, string Before, string After) Kept { get; init; } = ("", "SELECT 1", "SELECT 1");

    public void Ask()
    {
        if (By is not null)
        {
            By();
            return;
        }
        Asked.Plan();
    }

    public static PlanCase Case(string before, string after) => new("", before, after) { On = MariaDbEngine.Value, Version = MariaDbEngine.Value.Assumed };
}

/// <summary>Migrations that a person makes, each forth and back.</summary>
/// <param name="Target">The schema they lead to.</param>
internal sealed record Way(string Target, IReadOnlyList<(IReadOnlyList<Step> Up, IReadOnlyList<Step> Down)> Migrations)
{
    /// <summary>Undoing them brings every value back.</summary>
    public bool Returns { get; init; } = true;

    /// <summary>What <c>add</c> makes of it.</summary>
    public static Way Add(PlanCase asked)
    {
        var draft = asked.Propose();
        if (draft.OneShot is not null)
        {
            return Single(asked);
        }
        var plan = draft.Bind(asked.Stages(draft.Migrations.Select(migration => migration.Edits)));
        return new(asked.Target, [.. plan.Migrations.Select(migration => (migration.Up, migration.Down))]) { Returns = plan.Migrations.All(migration => migration.Loses.Count == 0) };
    }

    /// <summary>What <c>add --one-shot</c> makes of it.</summary>
    /// <param name="first">What a person writes before EF's operations, in either direction.</param>
    /// <param name="last">And behind them.</param>
    public static Way Single(PlanCase asked, string? first = null, string? last = null)
    {
        var back = asked with
        {
            Source = asked.Target, Target = asked.Source, Guessed = [.. asked.Guessed.Select(rename => new RenameColumn(rename.Table, rename.NewName, rename.Name))],
            Tables = [.. asked.Tables.Select(rename => new RenameTable(rename.NewName, rename.Table))], Decisions = Decisions.None,
        };
        return ByHand(asked.Target, [first, .. Sql(asked), last], [first, .. Sql(back), last]);
    }

    public static Way ByHand(string target, string?[] up, string?[] down) => new(target, [(Steps(up), Steps(down))]);

    private static IEnumerable<string> Sql(PlanCase asked) => asked.Direct.SelectMany(operation => operation.Commands).Select(command => command.Sql);

    private static Step[] Steps(string?[] commands) => [.. commands.OfType<string>().Select(sql => new SqlStep(sql, Suppressed: false))];
}
