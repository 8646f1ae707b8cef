using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.Tests.Sql;

/// <summary>Every statement the tests have, by engine, and the schema most of them are about.</summary>
internal static class SqlCorpus
{
    public static readonly bool Full = Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1";

    public static IReadOnlyList<string> Engines { get; } = [.. EngineBook.All.Select(engine => engine.Id)];

    /// <summary>Texts the engine takes: judged cases, measured statements, cases of rules, examples of what is read.</summary>
    public static IReadOnlyList<string> Valid(string engine) =>
    [
        .. Data.Cases.Where(row => row.Engine == engine).SelectMany(row => new[] { row.Setup, row.Sql })
            .Concat(Data.LockMatrix.Where(row => row.Engine == engine && !row.Op.StartsWith("experiment_", StringComparison.Ordinal)).SelectMany(row => new[] { row.Setup, row.Ddl }))
            .Concat(RuleCaseRun.All.Values.SelectMany(cases => cases).Where(each => each.Engine == engine).SelectMany(each => each.Sql.Append(each.Setup)))
            .Concat(Examples(engine))
            .Concat(SqlDialect.Of(engine).WholeColumns ? Data.Text("online-ddl.txt").Split('\n').Where(line => line.Contains('\t')).Select(line => line.Split('\t')[1]) : [])
            .OfType<string>().Where(sql => sql.Length > 0).Distinct(),
    ];

    public static DatabaseModel Model(string engine)
    {
        var text = Data.Texts.FirstOrDefault(file => file == $"lock-matrix-base.{engine}.sql") ?? Data.Texts.FirstOrDefault(file => file == $"cases-base.{engine}.sql");
        return text is null ? DatabaseModel.Empty : Reading.Model(SqlDialect.Of(engine), Data.Text(text));
    }

    private static IEnumerable<string> Examples(string engine) =>
        from file in Data.Files("Statements")
        where file.EndsWith($".{engine}.txt", StringComparison.Ordinal) && !Path.GetFileName(file).StartsWith("opaque.", StringComparison.Ordinal)
        from example in Data.Text(file).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        select example[2..example.IndexOf('\n', StringComparison.Ordinal)].Replace("\\n", "\n", StringComparison.Ordinal);
}
