namespace EfSafeMigrate.Projects;

/// <summary>The environment that the application starts in, as EF's tools and the host read it.</summary>
internal static class HostEnvironment
{
    /// <summary>What EF's tools take when nothing is said.</summary>
    public const string Default = "Development";

    private const string Argument = "--environment";

    /// <summary>The first that is set counts.</summary>
    public static IReadOnlyList<string> Variables { get; } = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    /// <param name="option">Of our own command line.</param>
    /// <param name="arguments">Of the application, after <c>--</c>.</param>
    /// <returns>Null when nobody said one.</returns>
    public static string? Said(string? option, IReadOnlyList<string> arguments)
    {
        var passed = Passed(arguments);
        if (option is not null && passed is not null && option != passed)
        {
            throw new SafeMigrateException($"--environment says {option}, and the application's arguments say {passed}.", "say it once");
        }
        return option ?? passed ?? Variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
    }

    private static string? Passed(IReadOnlyList<string> arguments)
    {
        var at = arguments.ToList().FindIndex(argument => argument == Argument || argument.StartsWith($"{Argument}=", StringComparison.Ordinal));
        return at < 0 ? null
            : arguments[at].Length > Argument.Length ? arguments[at][(Argument.Length + 1)..]
            : at + 1 < arguments.Count ? arguments[at + 1] : null;
    }
}
