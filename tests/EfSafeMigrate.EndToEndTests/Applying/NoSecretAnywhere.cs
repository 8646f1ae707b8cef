using System.Text;

namespace EfSafeMigrate.EndToEndTests.Applying;

[Collection(nameof(InstalledTool))]
public sealed class NoSecretAnywhere(InstalledTool tool)
{
    private const string Password = "Ge;he'im@ni%s \"x";

    /// <summary>Plain, as in an address, and in base64 at each of the three places a group may begin.</summary>
    private static readonly string[] Shapes =
    [
        Password, Uri.EscapeDataString(Password), Password.Replace("'", "''", StringComparison.Ordinal), Password.Replace("\"", "\\\"", StringComparison.Ordinal),
        System.Text.Json.JsonSerializer.Serialize(Password)[1..^1], .. Enumerable.Range(0, 3).Select(InBase64),
    ];

    [Fact]
    public async Task WhateverBecomesOfTheRun()
    {
        await using var server = await ScramServer.StartAsync(Password);
        await using var shop = await PublishedShop.CreateAsync(tool);
        var temporary = Directory.CreateDirectory(Path.Combine(shop.Home, "tmp")).FullName;
        var logs = Path.Combine(shop.Home, "logs");
        shop.Settle($$"""
            { "schemaVersion": 1, "watch": { "one": "SELECT 1" }, "notify": "(cat; env) >> {{shop.Home}}/told.txt",
              "hooks": { "before-migration": "(cat; env) >> {{shop.Home}}/hook.txt; sleep 0.3" } }
            """);
        using var seen = new Lookout(temporary);

        (string Case, string Connection, string[] More, int Code)[] runs =
        [
            ("plan only", server.ConnectionString, ["--plan-only"], 0),
            ("in order", server.ConnectionString, ["--to", PublishedShop.First, "--log-dir", logs, "--verbose"], 0),
            ("as JSON", server.ConnectionString, ["--to", "AddProductSalesView", "--log-dir", logs, "--json"], 0),
            ("wrong password", server.Connect("deploy", "shop", Password + "!"), ["--verbose"], 2),
            ("no such database", server.Connect("deploy", "nowhere", Password), ["--verbose"], 2),
            ("no server", ScramServer.Connect("127.0.0.1", 9, "deploy", "shop", Password), ["--verbose"], 2),
            ("no connection string", $"Host=127.0.0.1;Password='{Password}", ["--verbose"], 2),
            ("no such migration", server.ConnectionString, ["--to", "Nothing"], 2),
            ("bad call", server.ConnectionString, ["--watch", "soon"], 2),
        ];
        foreach (var (name, connection, more, code) in runs)
        {
            var result = await shop.ApplyAsync(more, new Dictionary<string, string> { ["SHOP_DATABASE"] = connection, ["TMPDIR"] = temporary });

            result.Code.ShouldBe(code, $"{name}\n{result.Output}{result.Error}");
            Clean($"what `{name}` prints", result.Output + result.Error);
            if (code != 0)
            {
                Guides(name, result, verbose: more.Contains("--verbose"));
            }
        }
        var status = await shop.RunAsync(
            ["status", "--from", shop.Folder, "--connection-env", "SHOP_DATABASE", "--verbose"], new Dictionary<string, string> { ["SHOP_DATABASE"] = server.ConnectionString, ["TMPDIR"] = temporary });
        status.Code.ShouldBe(0, status.Error);
        Clean("status", status.Output + status.Error);

        var kept = Path.Combine(shop.Home, "backups", "one");
        foreach (var (arguments, says) in new[] { (new[] { "backup", "--output", kept }, "Proven"), (["restore", kept, "--confirm", "shop"], "each as it was backed up"), (["restore", kept], "which would be lost") })
        {
            var result = await shop.RunAsync(
                [.. arguments, "--from", shop.Folder, "--connection-env", "SHOP_DATABASE", "--verbose"], new Dictionary<string, string> { ["SHOP_DATABASE"] = server.ConnectionString, ["TMPDIR"] = temporary });
            (result.Output + result.Error).ShouldContain(says);
            Clean(arguments[0], result.Output + result.Error);
        }
        seen.Arguments.ShouldContain(arguments => arguments.Contains("pg_dump", StringComparison.Ordinal) && arguments.Contains("--snapshot", StringComparison.Ordinal));

        Clean("the journal", string.Join('\n', await server.JournalAsync()));
        Clean("the server's log", await File.ReadAllTextAsync(server.Log));
        Directory.GetFiles(logs).Length.ShouldBe(2);
        foreach (var file in Directory.GetFiles(shop.Home, "*", SearchOption.AllDirectories).Where(IsText))
        {
            Clean(Path.GetFileName(file), await File.ReadAllTextAsync(file));
        }
        (await File.ReadAllTextAsync(Path.Combine(shop.Home, "hook.txt"))).ShouldContain("before-migration");
        seen.Looks.ShouldBeGreaterThan(20);
        seen.Arguments.ShouldContain(arguments => arguments.Contains("Shop.dll", StringComparison.Ordinal));
        seen.Files.ShouldNotBeEmpty();
        Clean("arguments of processes", string.Join('\n', seen.Arguments));
        Clean("temporary files", string.Join('\n', seen.Files));
    }

    /// <summary>One sentence, then what to type; a stack only for those who asked.</summary>
    private static void Guides(string name, ShellResult result, bool verbose)
    {
        var lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var next = Array.FindIndex(lines, line => line.StartsWith("  → ", StringComparison.Ordinal));
        next.ShouldBeGreaterThan(0, $"{name}\n{result.Error}");
        lines[next - 1].ShouldMatch(@"^  \S.*\.$", name);
        if (!verbose)
        {
            next.ShouldBe(lines.Length - 1, $"{name}\n{result.Error}");
            result.Error.ShouldNotContain("   at ");
        }
    }

    private static void Clean(string place, string text) => Shapes.Where(shape => text.Contains(shape, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(place);

    /// <summary>Reading the runtime's own pipes would wait for somebody who writes to them; nobody does.</summary>
    private static bool IsText(string file) => !Path.GetFileName(file).StartsWith("clr-debug-pipe-", StringComparison.Ordinal);

    private static string InBase64(int offset)
    {
        var bytes = Encoding.UTF8.GetBytes(new string(' ', offset) + Password);
        var whole = Convert.ToBase64String(bytes.AsSpan(0, bytes.Length / 3 * 3));
        return whole[(offset == 0 ? 0 : 4)..];
    }

    /// <summary>Looks at the arguments of all processes and at the temporary files for as long as it lives.</summary>
    private sealed class Lookout : IDisposable
    {
        private readonly CancellationTokenSource over = new();
        private readonly Thread thread;

        public Lookout(string folder)
        {
            thread = new Thread(() =>
            {
                while (!over.IsCancellationRequested)
                {
                    Looks++;
                    Arguments.UnionWith(Directory.EnumerateDirectories("/proc").Select(process => Read(Path.Combine(process, "cmdline")).Replace('\0', ' ')));
                    Files.UnionWith(Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
                        .Where(IsText).Select(Read));
                    over.Token.WaitHandle.WaitOne(5);
                }
            });
            thread.Start();
        }

        public int Looks { get; private set; }

        public HashSet<string> Arguments { get; } = [];

        public HashSet<string> Files { get; } = [];

        public void Dispose()
        {
            over.Cancel();
            thread.Join();
            over.Dispose();
        }

        private static string Read(string file)
        {
            try
            {
                return File.ReadAllText(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        }
    }
}
