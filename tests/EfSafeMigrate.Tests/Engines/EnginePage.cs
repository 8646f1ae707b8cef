using System.Text;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;
using Humanizer;

namespace EfSafeMigrate.Tests.Engines;

/// <summary>The page of an engine under docs/engines: what it does with each measured operation.</summary>
internal static class EnginePage
{
    public static string Of(LockMatrix matrix)
    {
        var verdicts = matrix.Walk();
        var listed = NotModelled.On(matrix.Engine.Id);
        var agreeing = verdicts.Where(verdict => verdict.Agrees && !listed.ContainsKey(verdict.Measured.Op)).ToArray();
        var page = new StringBuilder($"""
            # {matrix.Engine.Name}

            What `dotnet safe-migrate` says of each operation, as far as it was measured. {agreeing.Length:N0} of {verdicts.Count:N0} measurements
            are of operations the tool models, and it agrees with all of them. The others stand at the end with the reason.

            `blocks` is what other sessions cannot do to the changed table while the lock is held. `work` is what takes longer the more rows there are;
            `catalogue` takes milliseconds. `n` counts the measurements that agree.

            | operation | statement | lock | blocks | work | fails if | versions | n |
            |---|---|---|---|---|---|---|--:|

            """);
        foreach (var row in agreeing.GroupBy(verdict => (verdict.Measured.Op, Row: Row(verdict))))
        {
            page.AppendLine($"| {row.Key.Op.Replace('_', ' ')} | {row.Key.Row} | {Versions(row, matrix.Engine.Assumed.Minor > 0)} | {row.Count()} |");
        }
        page.AppendLine().AppendLine("## Not modelled").AppendLine().AppendLine("| operation | why |").AppendLine("|---|---|");
        foreach (var (op, reason) in listed)
        {
            page.AppendLine($"| {op.Replace('_', ' ')} | {reason} |");
        }
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static string Row(Verdict verdict)
    {
        var predicted = verdict.Predicted!;
        var cells = new[]
        {
            $"{(verdict.Measured.Rebuild is not null && !predicted.Transactional ? "EF's rebuild for " : "")}`{verdict.Measured.Ddl.Replace("|", "\\|", StringComparison.Ordinal).Truncate(110)}`",
            Locks(predicted),
            predicted.BlocksOn(verdict.Measured.Target).Humanize(LetterCasing.LowerCase),
            Words(predicted.Work, "catalogue"),
            predicted.Refused is { } reason ? $"always: {reason}" : Words(predicted.FailsIf, ""),
        };
        return string.Join(" | ", cells);
    }

    private static string Locks(Prediction predicted) =>
        predicted.Locks.Count == 0
            ? "none"
            : string.Join(", ", predicted.Locks.GroupBy(taken => taken.Mode)
                .Select(mode => $"{mode.Key}{(PostgresLocks.Parse(mode.Key) is null && mode.Key.Contains(" on ", StringComparison.Ordinal) ? "" : $" on {string.Join(", ", mode.Select(taken => taken.Table))}")}"));

    private static string Words<T>(T flags, string none) where T : struct, Enum
    {
        var set = Enum.GetValues<T>().Where(flag => System.Convert.ToInt32(flag, null) != 0 && flags.HasFlag(flag)).ToArray();
        return set.Length == 0 ? none : string.Join(", ", set.Select(flag => flag.Humanize(LetterCasing.LowerCase)));
    }

    private static string Versions(IEnumerable<Verdict> verdicts, bool minor)
    {
        if (verdicts.Select(verdict => verdict.Version).Distinct().ToArray() is [var single] && EngineVersion.TryParse(single, out var only))
        {
            return minor ? $"{only.Major}.{only.Minor}" : $"{only.Major}";
        }
        var majors = verdicts.Select(verdict => verdict.Version.Split('.')[0]).Distinct().Select(int.Parse).Order().ToArray();
        var runs = majors.Select((major, at) => (major, run: major - at)).GroupBy(each => each.run, each => each.major).Select(run => run.ToArray());
        return string.Join(", ", runs.Select(run => run.Length == 1 ? $"{run[0]}" : $"{run[0]}–{run[^1]}"));
    }
}
