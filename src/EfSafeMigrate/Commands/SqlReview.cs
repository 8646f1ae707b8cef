using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Commands;

/// <summary>Judges a text: no project, no agent, no database.</summary>
internal static class SqlReview
{
    /// <param name="apart">Each migration of EF's is judged as if deployed by itself.</param>
    public static Review Of(SqlRequest request, GivenFacts given, bool apart, ReviewTerms terms, Talk talk)
    {
        var dialect = SqlDialect.Of(request.Engine.Id);
        var script = new ScriptReader(request.File, dialect, request.Transaction).Read(request.Sql, Existing(request, dialect, talk));
        if (script.Changes.Migrations.All(migration => migration.Changes.Count == 0 && migration.History is null))
        {
            throw new SafeMigrateException($"{request.File} holds no statement.", "give a file that holds SQL");
        }
        given.CheckTables(script.Changes);
        var facts = given.Over(terms.Over(FactSheet.Unknown, request.Engine, apart: true));
        return new Review
        {
            Project = request.File,
            Transaction = request.Transaction,
            Engine = request.Engine,
            Facts = facts,
            Migrations = Review.Judge(script.Changes, together: !apart && !script.IsIdempotent, request.Engine, facts, terms.Advice, terms.Policy),
            FailOn = terms.FailOn,
        };
    }

    private static DatabaseModel Existing(SqlRequest request, SqlDialect dialect, Talk talk)
    {
        var read = request.Schema is { } schema ? StatementReader.ReadEach(schema, dialect, DatabaseModel.Empty) : [];
        var unread = read.Where(each => each.Changes.OfType<OpaqueSql>().Any()).ToArray();
        if (unread.Length > 0)
        {
            talk.Say($"{Say.List([.. unread.Take(3).Select(each => $"line {each.Statement.Line}")])} of {request.SchemaFile} {(unread.Length > 3 ? $"and {unread.Length - 3} more places are" : unread.Length == 1 ? "is" : "are")} not understood, and what stands there is taken as unknown.");
        }
        return read.Count == 0 ? DatabaseModel.Empty : read[^1].After;
    }
}
