using EfSafeMigrate.Plans;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>How the phases are made: answers to the questions a plan asks, and how much of it is written.</summary>
internal sealed class PlanOptions(CommandLineApplication command)
{
    private readonly CommandOption rename = command.Option("--rename <TABLE_OLD_NEW>", "Table.Old=New, or Old=New for a table: the same data under a new name; may be repeated.", CommandOptionType.MultipleValue);
    private readonly CommandOption noRename = command.Option("--no-rename <TABLE_COLUMN>", "Table.Column, or a table: dropped, whatever looks like its new name; may be repeated.", CommandOptionType.MultipleValue);
    private readonly CommandOption move = command.Option("--move <OLD_NEW>", "OldTable.Column=NewTable.Column: the same data in another table, tied to the first by one foreign key; may be repeated.", CommandOptionType.MultipleValue);
    private readonly CommandOption fill = command.Option("--fill <TABLE_COLUMN_SQL>", "Table.Column=SQL: the value of rows that have none; may be repeated.", CommandOptionType.MultipleValue);
    private readonly CommandOption given = command.Option("--using <TABLE_COLUMN_SQL>", "Table.Column=SQL: what a column holds that is renamed and gets another type, or is split from or merged of others, by the columns on the other side; for the new ones and for the old; may be repeated.", CommandOptionType.MultipleValue);
    private readonly CommandOption oneShot = command.Option("--one-shot", "One migration as EF writes it, whatever it stops.", CommandOptionType.NoValue);
    private readonly CommandOption phased = command.Option("--phased", "Phases also where one migration is the rule, as on SQLite.", CommandOptionType.NoValue);
    private readonly CommandOption dryRun = command.Option("--dry-run", "Show the plan, write nothing.", CommandOptionType.NoValue);
    private readonly CommandOption contract = command.Option("--contract <WHEN>", "hold: write the contract later with `contract NAME`; now: write it with the rest. Default: hold when the application migrates by itself.", CommandOptionType.SingleValue).Among("hold", "now");

    private readonly CommandOption file = command.Option("--plan-file <FILE>", "Write the plan as Markdown with a diagram of its phases, also with --dry-run.", CommandOptionType.SingleValue);

    /// <summary>The whole path; null when the plan is only shown.</summary>
    public string? File => file.Value() is { } path ? Path.GetFullPath(path) : null;

    public bool OneShot => oneShot.HasValue();

    public bool DryRun => dryRun.HasValue();

    /// <summary>True to hold, false to write, null for the default.</summary>
    public bool? Hold => contract.Value()?.ToLowerInvariant() switch
    {
        null => null,
        "hold" => true,
        "now" => false,
        var other => throw new SafeMigrateException($"`--contract {other}` is neither hold nor now.", "say --contract hold or --contract now"),
    };

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check()
    {
        _ = Hold;
        if (file.Value() is { } page && Directory.Exists(page))
        {
            throw new SafeMigrateException($"`--plan-file {page}` is a folder.", $"name a file in it: --plan-file {Path.Combine(page, "plan.md")}");
        }
        if (OneShot && phased.HasValue())
        {
            throw new SafeMigrateException("`--phased` asks for phases, and `--one-shot` makes none.", "leave one of them out");
        }
        if (OneShot && (given.HasValue() || move.HasValue()))
        {
            var flag = given.HasValue() ? "--using" : "--move";
            throw new SafeMigrateException(
                $"`{flag}` is for phases, and `--one-shot` makes none.", $"leave --one-shot out; or leave {flag} out, and carry the values over in the migration by hand before it drops what they are in");
        }
    }

    /// <summary>What the flags say of tables; what they leave open is asked when somebody can answer, and refused otherwise.</summary>
    /// <param name="interactive">A person is there.</param>
    public Decisions DecideTables(DescribedChange change, bool interactive)
    {
        var said = new DecisionReader(change.Changes.Source, change.Target).ReadTables(Texts(rename), Texts(noRename));
        var decisions = interactive ? RenamePrompt.AskTables(change.Changes, change.Target, said) : said;
        TableQuestions.Refuse(change.Changes, change.Target, decisions);
        return decisions;
    }

    /// <summary>What the flags say of columns and values.</summary>
    /// <param name="change">With tables under their new names.</param>
    /// <param name="tables">What was decided of tables.</param>
    /// <param name="interactive">A person is there.</param>
    public Decisions Decide(DescribedChange change, Decisions tables, bool interactive)
    {
        var said = new DecisionReader(change.Changes.Source, change.Target, tables).Read(Texts(rename), Texts(noRename), Texts(fill), Texts(given));
        said = said with { Moves = new MoveReader(change.Changes.Source, change.Target).Read(Texts(move)), Phased = phased.HasValue() };
        var decisions = interactive ? RenamePrompt.Ask(change.Changes, change.Target, said) : said;
        if (!OneShot)
        {
            decisions = interactive ? RenamePrompt.AskMoves(change.Changes, change.Target, decisions) : decisions;
            MoveQuestions.Refuse(MoveQuestions.Of(change.Changes, change.Target, decisions));
        }
        RenameQuestions.Refuse(RenameQuestions.Of(change.Changes, change.Target, decisions));
        return decisions;
    }

    private static IEnumerable<string> Texts(CommandOption option) => option.Values.OfType<string>();
}
