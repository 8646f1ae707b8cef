using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>Values come to an enum type. No statement takes them out again: undone, they stay, so adding them a second time does nothing.</summary>
internal sealed class AddEnumValueRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (change is not AlterDatabase || context.Source.Enums.SelectMany(type => Added(type, context)).ToList() is not { Count: > 0 } added)
        {
            return null;
        }
        var values = string.Join(", ", added.Select(value => $"'{value.Value}' of {value.Type}"));
        return
        [
            new(Slot.Expand, $"adds {values}")
            {
                Note = $"The running release cannot read {values}: until it is gone, no row may hold what it does not know. Undone, they stay, for no value can be taken out of a type.",
                Up = new()
                {
                    Disposals = [new(
                        proposed => proposed is AlterDatabase,
                        operation => [.. operation.Commands.Select(command => new Sql(context.Forms.Again(command.Sql), command.Suppressed, "Undone, it stays; it may be there already"))],
                        "may be there already")],
                },
                Down = new()
                {
                    Disposals = [Disposals.Replaced<AlterDatabase>(_ => true, "no value can be taken out of a type")],
                    // No column has a type that is new by then.
                    Last = [.. New(context).Select(type => new Sql(context.Forms.DropEnum!(type.Schema, type.Name), Suppressed: false))],
                },
            },
        ];
    }

    private static IEnumerable<EnumType> New(PlanContext context) =>
        context.Target.Enums.Where(fresh => !context.Source.Enums.Any(type => type.Name == fresh.Name && type.Schema == fresh.Schema));

    private static IEnumerable<(string Type, string Value)> Added(EnumType old, PlanContext context) =>
        context.Target.Enums.FirstOrDefault(type => type.Name == old.Name && type.Schema == old.Schema)?.Values.Except(old.Values).Select(value => (old.Name, value)) ?? [];
}
