using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Plans;

/// <summary>The changes that steps make, as a review of the generated migration would read them.</summary>
internal sealed class StepChanges(Engine engine, SqlDialect dialect)
{
    public IReadOnlyList<Change> Of(IReadOnlyList<Step> steps, DatabaseModel model)
    {
        List<Change> changes = [];
        foreach (var (step, at) in steps.Select((step, at) => (step, at)))
        {
            foreach (var change in Of(step, model))
            {
                changes.Add(change with { Origin = change.Origin with { Operation = at } });
                model = model.After(change);
            }
        }
        return changes;
    }

    private IReadOnlyList<Change> Of(Step step, DatabaseModel model) => step switch
    {
        Emit emit => [.. ChangeReader.Carried(emit.Operation.Operation, emit.Operation.Commands, model, dialect).Select(change => Shaped(change, emit))],
        Rename rename => [rename.What with { Origin = Named("Sql") }],
        Sql sql => [.. Read(sql.Text, model).Select(change => change with { InTransaction = !sql.Suppressed })],
        Fill fill => [.. Read(fill.Text, model).Select(change => change with { InTransaction = false })],
        _ => throw new InvalidOperationException($"{step.GetType().Name} is a step without changes."),
    };

    private Change Shaped(Change change, Emit emit)
    {
        var name = OperationReader.NameOf(emit.Operation.Operation);
        var concurrent = emit.Annotations.Any(annotation => engine.Phases?.Concurrently.Contains(annotation) == true);
        var shaped = change switch
        {
            AddColumn add when emit.ClearDefault => add with { Column = add.Column with { Default = null } },
            CreateIndex create when concurrent => create with { Concurrently = true, InTransaction = false },
            CreateIndex { Concurrently: true } create => create with { InTransaction = false },
            _ => change,
        };
        return shaped with { Origin = change.Origin with { Migration = "", OperationName = name } };
    }

    private IReadOnlyList<Change> Read(string text, DatabaseModel model) =>
        [.. StatementReader.Read(text, dialect, model).Select(change => change with { Origin = Named("Sql") })];

    private static Origin Named(string operation) => new("", -1, operation);
}
