namespace EfSafeMigrate;

/// <summary>An expected failure: one sentence and the next step. Anything else that is thrown is a defect of the tool.</summary>
#pragma warning disable CA1064 // Caught in Program only.
internal sealed class SafeMigrateException(string message, string next, int exitCode = ExitCode.Environment, string? detail = null)
    : Exception(message)
{
    public string Next { get; } = next;

    public int Code { get; } = exitCode;

    /// <summary>The project has no output yet.</summary>
    public bool NotBuilt { get; init; }

    /// <summary>The project is no project of EF Core's.</summary>
    public bool WithoutEf { get; init; }

    /// <summary>The project's contexts, where one of them has to be chosen.</summary>
    public IReadOnlyList<string> Contexts { get; init; } = [];

    /// <summary>Shown with <c>--verbose</c> only.</summary>
    public string? Detail { get; } = detail;
}

internal static class ExitCode
{
    public const int Clean = 0;
    public const int Findings = 1;
    public const int Environment = 2;
    public const int StoppedSafely = 3;
    public const int NeedsPerson = 4;
}
