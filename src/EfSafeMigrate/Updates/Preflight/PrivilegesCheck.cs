using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Updates.Preflight;

/// <summary>The user may do everything the steps do, and keep the journal.</summary>
internal sealed class PrivilegesCheck : PreflightCheck
{
    /// <summary>Where the journal is: a table, or a schema for it.</summary>
    private static readonly TableName JournalTable = new("safe_migrate", "journal");

    public override string Title => "privileges for every step";

    public override async Task<IReadOnlyList<Objection>> CheckAsync(PreflightContext context, CancellationToken cancellation)
    {
        if (context.Forms.Lacking is not { } lacking)
        {
            return [];
        }
        List<Objection> objections = [];
        foreach (var need in Needs(context).DistinctBy(need => (need.Privilege, need.Privilege is Privilege.CreateIn or Privilege.CreateSchema ? new TableName(need.On?.Schema, "") : need.On)))
        {
            if (await context.AskAsync(lacking(need.Privilege, need.On), cancellation) is [[var owner, ..], ..])
            {
                objections.Add(Of(context, need, owner));
            }
        }
        return objections;
    }

    private static IEnumerable<Need> Needs(PreflightContext context)
    {
        foreach (var migration in context.Plan.Migrations)
        {
            foreach (var need in migration.Judged.Migration.Changes.SelectMany(Of))
            {
                yield return need with { For = migration.Name };
            }
            if (migration.HistoryTable is { } history)
            {
                yield return new(Privilege.Insert, history, "EF's record of the migrations");
            }
        }
        yield return new(Privilege.CreateSchema, JournalTable, "the journal");
        yield return new(Privilege.Select, JournalTable, "the journal");
        yield return new(Privilege.Insert, JournalTable, "the journal");
    }

    private static Need[] Of(Change change) => change switch
    {
        CreateTable create => [new(Privilege.CreateIn, create.Table), .. create.Definition.ForeignKeys.Select(key => new Need(Privilege.References, key.Principal))],
        CreateView create => [new(Privilege.CreateIn, create.View)],
        CreateSequence create => [new(Privilege.CreateIn, new(create.Schema, create.Name))],
        CreateEnum create => [new(Privilege.CreateIn, new(create.Type.Schema, create.Type.Name))],
        CreateDomain create => [new(Privilege.CreateIn, new(create.Domain.Schema, create.Domain.Name))],
        CreateFunction => [new(Privilege.CreateIn, null)],
        CreateSchema create => [new(Privilege.CreateSchema, new(create.Name, ""))],
        CreateIndex create => [new(Privilege.Own, create.Table), new(Privilege.CreateIn, create.Table)],
        AddForeignKey add => [new(Privilege.Own, add.Table), new(Privilege.References, add.ForeignKey.Principal)],
        CreateTrigger create => [new(Privilege.Trigger, create.Table)],
        InsertData or InsertRows => [new(Privilege.Insert, change.Target)],
        UpdateData or UpdateRows => [new(Privilege.Update, change.Target)],
        DeleteData or DeleteRows => [new(Privilege.Delete, change.Target)],
        Truncate => [new(Privilege.Truncate, change.Target)],
        AlterSequence sequence => [new(Privilege.Own, new(sequence.Schema, sequence.Name))],
        DropSequence sequence => [new(Privilege.Own, new(sequence.Schema, sequence.Name))],
        RenameSequence sequence => [new(Privilege.Own, new(sequence.Schema, sequence.Name))],
        LockTable or Analyze or Vacuum or OtherStatement => [],
        { Target: { } table } => [new(Privilege.Own, table)],
        _ => [],
    };

    private static Objection Of(PreflightContext context, Need need, string? owner)
    {
        var (user, on) = (context.Plan.Target.User, need.On?.ToString());
        var giver = owner is null ? "the owner" : owner;
        return need.Privilege switch
        {
            Privilege.Own => Objection.Refuse(
                $"{user} does not own {on}, which {need.For} alters; {giver} does.", $"GRANT {context.Engine.Quote(giver)} TO {context.Engine.Quote(user)}, or connect as {giver}"),
            Privilege.CreateIn => Objection.Refuse(
                $"{user} may not create anything in {Schema(need)}, as {need.For} does.", $"GRANT CREATE ON SCHEMA {context.Engine.Quote(need.On?.Schema ?? "public")} TO {context.Engine.Quote(user)}"),
            Privilege.CreateSchema => Objection.Refuse(
                $"{user} may not create the schema {need.On!.Schema}, which {need.For} needs.", $"GRANT CREATE ON DATABASE {context.Engine.Quote(context.Plan.Target.Database)} TO {context.Engine.Quote(user)}"),
            var privilege => Objection.Refuse(
                $"{user} lacks {privilege.ToString().ToUpperInvariant()} on {on}, which {need.For} needs.", $"GRANT {privilege.ToString().ToUpperInvariant()} ON {context.Engine.QuoteTable(need.On!)} TO {context.Engine.Quote(user)}"),
        };
    }

    private static string Schema(Need need) => need.On?.Schema is { } schema ? $"the schema {schema}" : "the default schema";

    /// <param name="For">Who needs it.</param>
    private sealed record Need(Privilege Privilege, TableName? On, string For = "");
}
