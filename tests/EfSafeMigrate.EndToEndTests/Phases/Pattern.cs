namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>A model change of the sample, and what <c>add</c> is told about it.</summary>
/// <param name="Name">Also the name of the copied folder, its context and the plan.</param>
/// <param name="Edits">Replaced text of the models and the context.</param>
internal sealed record Pattern(string Name, (string Old, string New)[] Edits, params string[] Arguments)
{
    /// <summary>Columns whose values differ from run to run, and tables that EF's own migration leaves empty.</summary>
    public string[] Random { get; init; } = [];

    public string Context => $"{Name}Context";

    public override string ToString() => Name;
}
