namespace EfSafeMigrate.Reports;

/// <summary>A way to write a review down; each of them says the same.</summary>
/// <param name="Name">As it is given on the command line.</param>
internal sealed record ReviewFormat(string Name, Func<Review, string> Write)
{
    public const string Text = "text";
    public const string Json = "json";

    public static IReadOnlyList<ReviewFormat> All { get; } =
    [
        new(Text, Plain),
        new(Json, review => JsonReport.Of(review) + "\n"),
        new("markdown", MarkdownReport.Of),
        new("sarif", review => SarifReport.Of(review) + "\n"),
        new("github", GitHubReport.Of),
        new("gitlab", review => GitLabReport.Of(review) + "\n"),
        new("junit", JUnitReport.Of),
        new("msbuild", MsBuildReport.Of),
        new("html", HtmlReport.Of),
    ];

    public static string Names => string.Join(", ", All.Select(format => format.Name));

    /// <exception cref="SafeMigrateException">There is no format of that name.</exception>
    public static ReviewFormat Named(string name, string option) =>
        All.FirstOrDefault(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new SafeMigrateException($"`{option} {name}` is not a format.", $"use one of {Names}");

    /// <summary>The terminal's text without colour.</summary>
    private static string Plain(Review review)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new TextReport(UnwrappedConsole.On(writer)).Write(review);
        return writer.ToString();
    }
}
