namespace EfSafeMigrate.Changes;

/// <summary>Moves a schema on by one change.</summary>
internal static class Evolution
{
    public static DatabaseModel After(this DatabaseModel model, Change change) => change switch
    {
        CreateTable create => model with { Tables = [.. model.Tables, create.Definition] },
        _ => model,
    };
}
