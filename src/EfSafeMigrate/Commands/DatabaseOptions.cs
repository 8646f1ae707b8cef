using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Which database to look at. A review stays away from every database until one of these is given.</summary>
internal sealed class DatabaseOptions(CommandLineApplication command)
{
    private readonly CommandOption connect = command.Option("--connect", "Measure the database of the project's own connection.", CommandOptionType.NoValue);
    private readonly CommandOption variable = command.Option("--connection-env <VARIABLE>", "Environment variable with the connection string.", CommandOptionType.SingleValue);
    private readonly CommandOption file = command.Option("--connection-file <FILE>", "File with the connection string.", CommandOptionType.SingleValue);
    private readonly CommandOption literal = command.Option("--connection <CONNECTION>", "Connection string, or Name=KEY from the application's configuration.", CommandOptionType.SingleValue);

    public bool Wanted => connect.HasValue() || variable.HasValue() || file.HasValue() || literal.HasValue();

    /// <summary>A connection other than the one the project has by itself.</summary>
    public bool Named => variable.HasValue() || file.HasValue() || literal.HasValue();

    /// <summary>As they were given, for a command that somebody repeats; a connection string is never repeated.</summary>
    public IReadOnlyList<string> Said => ProjectOptions.Words([variable, file, literal.Value()?.StartsWith("Name=", StringComparison.OrdinalIgnoreCase) == true ? literal : null]);

    private static readonly System.Buffers.SearchValues<char> SchemeCharacters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");

    /// <summary>The connection string, or null for the project's own.</summary>
    public string? Read(Talk talk)
    {
        var text = Given(talk);
        if (text?.IndexOf("://", StringComparison.Ordinal) is > 0 and var at && text.AsSpan(0, at).IndexOfAnyExcept(SchemeCharacters) < 0)
        {
            // Not repeated: it may hold a password.
            throw new SafeMigrateException("The connection is given as a URL, which .NET's drivers do not read.", "give it as the provider documents, for example Host=db;Database=shop;Username=app");
        }
        return text;
    }

    private string? Given(Talk talk)
    {
        string[] given = [.. new[] { connect, variable, file, literal }.Where(option => option.HasValue()).Select(option => $"--{option.LongName}")];
        if (given.Length > 1)
        {
            throw new SafeMigrateException($"{string.Join(" and ", given)} exclude each other.", "choose one connection");
        }
        if (variable.Value() is { } text && text.AsSpan().ContainsAny("=; "))
        {
            // Not repeated: it is a connection string, and may hold a password.
            throw new SafeMigrateException("--connection-env takes the name of an environment variable, not its value.", "put the connection string into a variable and give its name");
        }
        if (variable.Value() is { } name)
        {
            return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value
                : throw new SafeMigrateException($"The environment variable `{name}` is not set.", $"set {name}, or leave out --connection-env");
        }
        if (file.Value() is { } path)
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim()
                : throw new SafeMigrateException($"There is no file `{path}`.", "give --connection-file a file that holds the connection string");
        }
        if (literal.Value() is { } visible && visible.Contains("password", StringComparison.OrdinalIgnoreCase))
        {
            talk.Say("A password on the command line is visible to every user of this machine; prefer --connection-env or --connection-file.");
        }
        return literal.Value();
    }
}
