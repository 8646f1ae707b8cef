namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>Who may run what where, when nobody can be asked: on a build server and in a pipe alike.</summary>
[Collection(nameof(BusySample))]
public sealed class PolicyWithoutATerminal(InstalledTool tool, BusySample sample)
{
    private const string Harmless = "--to AddGrade";
    private const string Named = "--expect-database {database}";
    private const string NothingProtected = """{ "schemaVersion": 1, "protected": { "environments": [] } }""";

    private static readonly Case[] Cases =
    [
        new("open and harmless", Harmless) { Environment = "Development" },
        new("nobody said which database", Harmless) { Exit = 2, Sentence = "Nobody can be asked here, and neither an environment nor a connection is given.", Next = "--environment NAME, or --connection-env VARIABLE" },
        new("an environment that nobody set, and a server that is protected", $"{Harmless} --connection-env BUSY")
        {
            Settings = """{ "schemaVersion": 1, "protected": { "servers": ["127.*"] } }""",
            Exit = 3, Sentence = "`{database}` on {server} needs to be named: servers like `127.*` are protected. Nothing was changed.", Next = "--expect-database {database}",
        },
        new("open and destroying", "") { Environment = "Development", Exit = 3, Sentence = "DropTitle destroys data: Notes.Title is dropped with its values", Next = "--accept-data-loss DropTitle" },
        new("production without a name", Harmless) { Environment = "Production", Exit = 3, Sentence = "`{database}` on {server} needs to be named: the environment `Production` is protected. Nothing was changed.", Next = "--expect-database {database}" },
        new("production under another name", $"{Harmless} --expect-database shop --approve {{hash}}") { Environment = "Production", Exit = 3, Sentence = "The database is `{database}` on {server}, not `shop`. Nothing was changed.", Next = "look at the connection" },
        new("marked in its journal, whatever the settings say", $"{Harmless} {Named} --yes")
        {
            Environment = "Development", Settings = NothingProtected, Marked = true,
            Exit = 3, Sentence = "The plan {spoken} is not approved: its journal marks it as protected (customers are served from it). Nothing was changed.", Next = "dotnet safe-migrate approve {spoken}",
        },
        new("a database that is protected, whatever it is called elsewhere", $"{Harmless} {Named} --yes")
        {
            Environment = "Staging", Settings = """{ "schemaVersion": 1, "protected": { "environments": [], "databases": ["BUSY_*"] } }""",
            Exit = 3, Sentence = "The plan {spoken} is not approved: databases like `BUSY_*` are protected. Nothing was changed.", Next = "dotnet safe-migrate approve {spoken}",
        },
        new("approved, but not what destroys", $"{Named} --approve {{hash}} --yes --accept-data-loss DropTitle")
        {
            Environment = "Production", Exit = 3, Sentence = "DropTitle destroys data, and the environment `Production` is protected: Notes.Title is dropped with its values", Next = "--approve-destructive {spoken} --reason",
        },
        new("the word of a command, where the settings say that it is enough", $"{Harmless} {Named} --approve {{spoken}} --backup-command true")
        {
            Environment = "Production", Settings = """{ "schemaVersion": 1, "protected": { "backup": "attested" }, "backup": { "directory": "../backups" } }""", BackedUp = "attested",
        },
        new("everything said, with a reason", $"{Named} --approve-destructive {{spoken}} --reason GDPR")
        {
            Environment = "Staging", Settings = """{ "schemaVersion": 1, "protected": { "environments": ["prod*", "staging"] } }""", Overridden = "destructive steps: GDPR",
        },
    ];

    /// <summary>Number of the case, and whether a build server says that it is one.</summary>
    public static IEnumerable<object[]> Table => Enumerable.Range(0, Cases.Length)
        .SelectMany(at => RenamedSample.Full ? new object[][] { [at, true], [at, false] } : [[at, at % 2 == 0]]);

    [Theory]
    [MemberData(nameof(Table))]
    public async Task IsKept(int number, bool buildServer)
    {
        var (it, what) = (Cases[number], Cases[number].What);
        await using var notes = await GuardedNotes.CreateAsync(tool, sample, it.Settings);
        if (it.Marked)
        {
            await notes.MustAsync(0, "protect", "--reason", "customers are served from it");
        }
        var (hash, _) = it.Arguments.Contains("{hash}", StringComparison.Ordinal) || it.All.Contains("{spoken}", StringComparison.Ordinal)
            ? await notes.PlanAsync(it.Arguments.Contains(Harmless, StringComparison.Ordinal) ? Harmless.Split(' ') : []) : ("0000000000000000", "");
        notes.Environment["DOTNET_ENVIRONMENT"] = it.Environment;
        notes.Environment["CI"] = buildServer ? "true" : "";

        if (it.Exit > 0)
        {
            await notes.RefusesAsync(it.Exit, Filled(it.Sentence), Filled(it.Next), Arguments());
            return;
        }
        await notes.MustAsync(0, "apply", Arguments());
        (await notes.AppliedAsync()).Count.ShouldBe(it.Arguments.Contains(Harmless, StringComparison.Ordinal) ? 2 : 3, what);
        (await notes.OverriddenAsync()).ShouldBe(it.Overridden is { } overridden ? [overridden] : [], what);
        (await notes.Database.LinesAsync("SELECT entry::json ->> 'state' FROM safe_migrate.journal WHERE kind = 'backed-up'")).ShouldBe(it.BackedUp is { } state ? [state] : [], what);
        Directory.Exists(notes.PathOf("backups")).ShouldBe(it.BackedUp is not null, what);

        string Filled(string text) => text.Replace("{database}", notes.Database.Name, StringComparison.Ordinal).Replace("{hash}", hash, StringComparison.Ordinal)
            .Replace("{spoken}", GuardedNotes.Spoken(hash), StringComparison.Ordinal).Replace("{server}", notes.Server, StringComparison.Ordinal);

        string[] Arguments() => [.. it.Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Filled)];
    }

    /// <summary>Whatever changes something, not only what applies.</summary>
    [Fact]
    public async Task NothingIsMendedWhereNobodySaidWhichDatabase()
    {
        await using var notes = await GuardedNotes.CreateAsync(tool, sample);
        notes.Environment["DOTNET_ENVIRONMENT"] = "";
        foreach (var command in new[] { "repair lock", "repair journal --reason x", "repair step AddGrade --done --reason x", "protect --reason x", "adopt", "approve 0123-4567-89ab-cdef" })
        {
            var refused = await tool.RunAsync(notes.Project, [.. command.Split(' '), "--context", "GuardedContext", "--no-build"], environment: notes.Environment);
            refused.Code.ShouldBe(2, $"{command}\n{refused.Output}\n{refused.Error}");
            refused.Error.ShouldContain("Nobody can be asked here, and neither an environment nor a connection is given.", customMessage: command);
        }
    }

    private sealed record Case(string What, string Arguments)
    {
        public string Environment { get; init; } = "";

        public string? Settings { get; init; }

        public bool Marked { get; init; }

        public int Exit { get; init; }

        public string Sentence { get; init; } = "";

        public string Next { get; init; } = "";

        public string? Overridden { get; init; }

        public string? BackedUp { get; init; }

        public string All => Arguments + Sentence + Next;
    }
}
