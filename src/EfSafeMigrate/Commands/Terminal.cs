using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Commands;

/// <summary>Whether a person is there, and what they type. Questions go to standard error, so that standard output stays data.</summary>
internal static class Terminal
{
    /// <summary>A person sees the question and can answer it. A build server says that it is none.</summary>
    public static bool IsAttended { get; } = !Console.IsInputRedirected && !Console.IsErrorRedirected
        && Environment.GetEnvironmentVariable("CI")?.ToLowerInvariant() is null or "" or "false" or "0";

    /// <summary>Null where nobody can answer.</summary>
    public static Prompt? Prompt { get; } = IsAttended ? AskAsync : null;

    /// <summary>Without a person, the database is named or nothing starts: an environment that nobody set leads to a developer's database, or worse.</summary>
    public static void RefuseGuesses(ProjectOptions project, DatabaseOptions database)
    {
        if (!IsAttended && project.Environment is null && !database.Named)
        {
            throw new SafeMigrateException(
                "Nobody can be asked here, and neither an environment nor a connection is given.", "--environment NAME, or --connection-env VARIABLE or --connection-file FILE");
        }
    }

    private static async Task<string?> AskAsync(string question, CancellationToken cancellation)
    {
        await Console.Error.WriteAsync($"  {question}: ");
        string? answer = null;
        try
        {
            return answer = await Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellation);
        }
        finally
        {
            if (answer is null)
            {
                // Ctrl+C or the end of the input: the cursor stands behind the question.
                await Console.Error.WriteLineAsync();
            }
        }
    }
}
