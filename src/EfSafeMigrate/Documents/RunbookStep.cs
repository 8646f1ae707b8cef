namespace EfSafeMigrate.Documents;

/// <summary>One thing that a person does, with the commands for it.</summary>
/// <param name="Title">As Markdown.</param>
/// <param name="Text">Blocks before the command.</param>
/// <param name="Command">Null where there is nothing to type.</param>
internal sealed record RunbookStep(string Title, string Text, string? Command = null)
{
    /// <summary>Blocks behind the command.</summary>
    public string Then { get; init; } = "";

    /// <param name="from">The number of the first.</param>
    public static string Written(IReadOnlyList<RunbookStep> steps, int from) =>
        Page.Join(steps.Select((step, at) => Page.Join(
            Page.Heading(3, $"{from + at}. {step.Title}"), step.Text, step.Command is { } command ? Page.Shell(command) : "", step.Then)));
}
