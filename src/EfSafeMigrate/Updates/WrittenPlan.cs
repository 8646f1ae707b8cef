using System.Text.Json;

namespace EfSafeMigrate.Updates;

/// <summary>What somebody who approves has to know of a plan; read from a database, or from what <c>apply --plan-only --json</c> printed.</summary>
/// <param name="Target">As people know it.</param>
internal sealed record WrittenPlan(string Hash, string Fingerprint, string Target, IReadOnlyList<ApprovedMigration> Migrations, bool Destroys)
{
    public IReadOnlyList<Person> Authors { get; init; } = [];

    /// <exception cref="SafeMigrateException">It is no plan, or not the one its hash says.</exception>
    public static WrittenPlan Read(string file)
    {
        if (!File.Exists(file))
        {
            throw new SafeMigrateException($"There is no file `{file}`.", "dotnet safe-migrate apply --plan-only --json > FILE   makes one");
        }
        try
        {
            var lines = File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
            var target = lines.Single(line => line.GetProperty("event").GetString() == "target");
            var plan = lines.Single(line => line.GetProperty("event").GetString() == "plan");
            var migrations = plan.GetProperty("migrations").EnumerateArray().ToArray();
            var document = new WrittenPlan(
                plan.GetProperty("hash").GetString()!, target.GetProperty("fingerprint").GetString()!,
                $"{target.GetProperty("database").GetString()}@{target.GetProperty("server").GetString()}",
                [.. migrations.Select(migration => new ApprovedMigration(migration.GetProperty("id").GetString()!, migration.GetProperty("checksum").GetString()!))],
                migrations.Any(migration => migration.GetProperty("destroys").GetArrayLength() > 0));
            if (UpdatePlan.HashOf(document.Fingerprint, document.Migrations) == document.Hash)
            {
                return document;
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Said below.
        }
        throw new SafeMigrateException($"`{file}` holds no whole plan.", "dotnet safe-migrate apply --plan-only --json > FILE   makes one");
    }
}
