using EfSafeMigrate.Changes;
using Humanizer;

namespace EfSafeMigrate.Rules;

internal sealed class DdlNotTransactionalRule : Rule
{
    public override Category Category => Category.Irreversible;
    public override string Title => "A migration of several changes can stop halfway";
    public override string Condition =>
        "A change to a table that exists already stands behind another change of its migration, on an engine that commits each statement by itself or a provider that copies the table in several transactions.";
    public override string Effect =>
        "When a later change fails or runs into the command timeout, what ran before it stays. The history knows nothing of the migration, and the next run fails on what exists already.";
    public override string Workaround => "Give each change a migration of its own, so that a failed one can simply be run again.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (!CanFail(situation) || Committed(situation) is not { } before || situation.Earlier.Any(earlier => CanFail(earlier) && Committed(earlier) is not null))
        {
            yield break;
        }
        var table = situation.Change.Target!;
        var who = situation.Engine.CommitsEachChange is not null ? $"{situation.Engine.Name} commits each statement by itself" : "the copy of the table commits in between";
        yield return Find(
            situation,
            Severity.Careful,
            $"{Named(situation.Change)} on {table} is not the only change of {situation.Migration.Spoken}, and {who}: when it fails or takes too long, {Named(before.Change, LetterCasing.LowerCase)}{On(before.Change)} stays applied, the history does not know, and the next run fails on it.",
            situation.Engine.CommitsEachChange is { } basis ? Evidence.Join("each definition commits what came before it", Evidence.Of(basis)) : "EF ends its transaction for the copy · EF Core 8–10",
            Cure.Text($"Move {Named(situation.Change, LetterCasing.LowerCase)} on {table} into a migration of its own"));
    }

    /// <summary>It waits for somebody, or the rows stand against it.</summary>
    private static bool CanFail(Situation situation) =>
        Counts(situation.Change) && situation.Change is TableChange or DropIndex or RenameIndex && !situation.IsOnNewTable && situation.Change is not CreateTable
        && situation.Change is not (InsertData or UpdateData or DeleteData or UpdateRows or DeleteRows or InsertRows) && !situation.Impact.Transactional;

    /// <summary>The change of another statement that is there to stay when this one begins.</summary>
    private static Situation? Committed(Situation situation) =>
        situation.Engine.CommitsEachChange is not null || situation.IsRebuild
            ? situation.Earlier.Take(situation.Earlier.Count - situation.Change.Action).LastOrDefault(earlier => Counts(earlier.Change) && !IsAgain(earlier.Change) && !IsSameCopy(situation, earlier))
            : null;

    /// <summary>The provider copies a table once for all its changes.</summary>
    private static bool IsSameCopy(Situation situation, Situation earlier) =>
        situation.IsRebuild && earlier.Change.Target is { } table && table.Matches(situation.Change.Target!);

    private static bool Counts(Change change) =>
        change is not (SetSetting or TransactionControl or OtherStatement or Analyze or LockTable or OpaqueSql or UnknownOperation or UnreadOperation or CreateFunction) && !change.Origin.Emitted;

    /// <summary>What can be run twice stands in nobody's way.</summary>
    private static bool IsAgain(Change change) =>
        change is CreateTable { IfNotExists: true } or DropTable { IfExists: true } or DropIndex { IfExists: true } or DropColumn { IfExists: true } or AddColumn { IfNotExists: true }
            or CreateIndex { IfNotExists: true } or UpdateRows or DeleteRows;

    private static string Named(Change change, LetterCasing casing = LetterCasing.Sentence) => change.GetType().Name.Humanize(casing);

    private static string On(Change change) => change.Target is { } table ? $" on {table}" : "";
}
