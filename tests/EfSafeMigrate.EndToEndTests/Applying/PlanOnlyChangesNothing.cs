using System.Text.Json.Nodes;

namespace EfSafeMigrate.EndToEndTests.Applying;

[Collection(nameof(InstalledTool))]
public class PlanOnlyChangesNothing(InstalledTool tool)
{
    private const string Schema = """
        SELECT n.nspname, c.relname, c.relkind, a.attname, a.atttypid::regtype, a.attnotnull
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1, 2, 4
        """;

    [Fact]
    public async Task AndPrintsWhatApplyRunsAfterwards()
    {
        await using var shop = await PublishedShop.CreateAsync(tool);
        await shop.AppliedAsync(["--to", PublishedShop.First]);
        await shop.Database.ExecuteAsync("INSERT INTO \"Suppliers\" SELECT (json_populate_record(NULL::\"Suppliers\", '{}')).* WHERE false");
        var before = await DigestAsync(shop);

        var text = await shop.ApplyAsync(["--plan-only", "--to", PublishedShop.Fifth]);
        var planned = Lines(await shop.ApplyAsync(["--plan-only", "--json", "--to", PublishedShop.Fifth]));

        (await DigestAsync(shop)).ShouldBe(before);
        var plan = planned.Single(line => (string?)line["event"] == "plan");
        string[] printed = [.. plan["migrations"]!.AsArray().SelectMany(migration => migration!["commands"]!.AsArray()).Select(command => (string)command!["sql"]!)];
        printed.Length.ShouldBeGreaterThan(4);

        var log = Path.Combine(shop.Home, "logs");
        var ran = Lines(await shop.ApplyAsync(["--json", "--to", PublishedShop.Fifth, "--log-dir", log])).Where(line => (string?)line["event"] == "command-began").Select(line => (string)line["sql"]!);
        ran.ShouldBe(printed);
        var document = await File.ReadAllTextAsync(Directory.GetFiles(log).Single());
        foreach (var sql in printed)
        {
            document.ShouldContain($"```sql\n{sql}\n```\n");
            foreach (var line in sql.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Where(line => line.Length > 0))
            {
                text.Output.ShouldContain($"    {line}\n");
            }
        }
        text.Output.ShouldNotContain("≈ 0");
        text.Output.ShouldContain("a new table, which nobody uses yet");
    }

    private static async Task<IReadOnlyList<string>> DigestAsync(PublishedShop shop)
    {
        List<string> digest = [.. await shop.Database.LinesAsync(Schema)];
        var tables = await shop.Database.LinesAsync("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1");
        tables.ShouldContain("public.\"__EFMigrationsHistory\"");
        foreach (var table in tables)
        {
            digest.Add($"{table} {string.Join(' ', await shop.Database.LinesAsync($"SELECT md5(COALESCE(string_agg(t::text, E'\\n' ORDER BY t::text), '')) FROM {table} t"))}");
        }
        return digest;
    }

    private static JsonNode[] Lines(ShellResult result)
    {
        result.Code.ShouldBe(0, result.Output + result.Error);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
