using Xunit.Abstractions;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>
/// Old and new release write and read the same rows at the same time, in every state between expand and contract and while the next phase is
/// applied; then the new one goes on alone through the contract. What each wrote is noted in the database the moment it is taken.
/// </summary>
[Collection(nameof(PhasedReleasesCollection))]
public sealed class TwoReleasesShareATable(InstalledTool tool, PhasedSample sample, ITestOutputHelper output)
{
    /// <summary>Rows that both releases write; the others belong to nobody.</summary>
    private const int Shared = 300;

    /// <summary>Pattern, what each release writes, and what the table must hold where the journal has it.</summary>
    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "RenameIndexed", "Name=Name:text Code=Code:text", "FullName=Name:text Code=Code:text", "Name=FullName Name=Name Code=Code" },
        { "RenameOptional", "Phone=Phone:optional Name=Name:text", "PhoneNumber=Phone:optional Name=Name:text", "Phone=PhoneNumber Phone=Phone Name=Name" },
        { "MoveToTable", "Phone=Phone:optional Name=Name:text", "Contact.Phone=Phone:optional Name=Name:text", "Phone=Contacts.Phone Phone=Phone Name=Name" },
        { "SplitName", "Name=Name:name Code=Code:text", "FirstName+LastName=Name:name Code=Code:text", "Name=FirstName+LastName Name=Name Code=Code" },
        { "RenameForeignKey", "HomeRegionId=Home:region Name=Name:text", "MainRegionId=Home:region Name=Name:text", "Home=MainRegionId Home=HomeRegionId Name=Name" },
        { "AddFilled", "Name=Name:text", "Name=Name:text Segment=Segment:text", "Name=Name Segment=Segment" },
        { "MakeRequired", "Phone=Phone:optional: Name=Name:text", "Phone=Phone:text: Name=Name:text", "Phone=Phone Name=Name" },
        { "DropColumn", "Balance=Balance:number Name=Name:text", "Name=Name:text", "Balance=Balance Name=Name" },
        { "ChangeTypes", "Balance=Balance:number Name=Name:text", "Balance=Balance:number Name=Name:text", "Balance=Balance Name=Name" },
        { "AddForeignKey", "RegionId=Region:region Name=Name:text", "RegionId=Region:region Name=Name:text", "Region=RegionId Name=Name" },
        { "AddIndex", "Code=Code:text Name=Name:text", "Code=Code:text Name=Name:text", "Code=Code Name=Name" },
        { "AddUniqueIndex", "Phone=Phone:optional Name=Name:text", "Phone=Phone:optional Name=Name:text", "Phone=Phone Name=Name" },
        { "WidenKey", "Balance=Balance:number Name=Name:text", "Balance=Balance:number Name=Name:text", "Balance=Balance Name=Name" },
        { "AddCheck", "Balance=Balance:number Name=Name:text", "Balance=Balance:number Name=Name:text", "Balance=Balance Name=Name" },
    };

    /// <summary>All take twenty minutes; the ordinary run takes one of each kind: two columns, one made of two, two tables, a filled one, a dropped one, a unique index.</summary>
    public static IEnumerable<object[]> Chosen =>
        PhasedSample.Long ? Cases : Cases.Where(each => (string)each[0] is "RenameOptional" or "SplitName" or "MoveToTable" or "AddFilled" or "DropColumn" or "AddUniqueIndex");

    [Theory]
    [MemberData(nameof(Chosen))]
    public async Task EachReadsWhatTheOtherWroteAndNoValueIsLost(string name, string olds, string news, string columns)
    {
        var pattern = Patterns.Named(name);
        await sample.ReadyAsync(tool);
        await using var database = await PhasedDatabase.CopyAsync(sample.Old, name);
        await using var oldRelease = new Driver(sample.Project);
        await using var newRelease = new Driver(sample.Project);
        var ids = (await sample.Driver.AskAsync(database, pattern.Context, "ids")).Split(' ');
        await PrepareAsync(database);
        var kept = columns.Split(' ').Select(pair => pair.Split('=')).DistinctBy(pair => pair[0])
            .Where(pair => !sample.Lost(pattern).Contains(pair[1]) && olds.Contains($"={pair[0]}:", StringComparison.Ordinal)).ToList();
        var untouched = await DigestAsync(database, kept.Select(pair => olds.Split(' ').Single(shape => shape.Contains($"={pair[0]}:", StringComparison.Ordinal)).Split('=')[0]));
        for (var at = 0; at < ids.Length; at++)
        {
            var next = at + 1 < ids.Length ? ids[at + 1] : null;
            // The new release comes after expand, the old one is gone before the contract, and each lives through what is applied meanwhile.
            var (isFirst, isContracted) = (at == 0, ids[at].Contains("Contract", StringComparison.Ordinal));
            List<Task<string>> writers = [];
            if (!isFirst)
            {
                writers.Add(Write(newRelease, pattern.Context, $"new{at}", news));
            }
            if (!isContracted)
            {
                writers.Add(Write(oldRelease, "StoreContext", $"old{at}", olds));
            }
            if (next?.Contains("Contract", StringComparison.Ordinal) == true)
            {
                await EndAsync(writers);
                writers = [Write(newRelease, pattern.Context, $"new{at}c", news)];
            }
            if (next is not null)
            {
                await ApplyAsync(database, pattern.Context, next);
            }
            await EndAsync(writers);
            if (isFirst)
            {
                // Before the backfill a row has its new value only when the trigger has seen it; the new release shares such rows alone.
                await database.ExecuteAsync("UPDATE \"Customers\" SET \"Id\" = \"Id\" WHERE \"Id\" IN (SELECT \"Id\" FROM journal)");
            }
            await ReplayAsync(database, pattern, columns, ids[at]);
        }
        (await database.LinesAsync("SELECT \"Id\" FROM journal WHERE \"Value\" LIKE 'old%' INTERSECT SELECT \"Id\" FROM journal WHERE \"Value\" LIKE 'new%'")).ShouldNotBeEmpty("both releases wrote one row");
        (await DigestAsync(database, kept.Select(pair => pair[1]))).ShouldBe(untouched, "rows that nobody wrote");

        Task<string> Write(Driver release, string context, string writer, string shapes) =>
            Task.Run(() => release.AskAsync(database, context, "write", $"{writer} {PhasedSample.Seconds} {writer.Sum(letter => letter)} {Shared} {shapes}"));
    }

    /// <summary>A column of the customer, or of the one row in another table that refers to it.</summary>
    private static string Value(string column) =>
        column.Split('+') is [var first, var last] ? $"{Value(first)} || COALESCE(' ' || {Value(last)}, '')"
        : column.Split('.') is [var table, var other] ? $"(SELECT \"{other}\" FROM \"{table}\" WHERE \"CustomerId\" = \"Customers\".\"Id\")" : $"\"Customers\".\"{column}\"";

    private async Task EndAsync(IEnumerable<Task<string>> writers)
    {
        foreach (var turns in await Task.WhenAll(writers))
        {
            output.WriteLine(turns);
        }
    }

    private static async Task<string> DigestAsync(PhasedDatabase database, IEnumerable<string> columns) =>
        string.Join('\n', await database.LinesAsync(
            $"SELECT count(*), sum(hashtextextended(ROW(\"Id\", {string.Join(", ", columns.Select(Value))})::text, 0)) FROM \"Customers\" WHERE \"Id\" BETWEEN {Shared + 1} AND 50000"));

    /// <summary>Ten thousand rows that nobody writes have odd names, and the journal begins with what the shared rows hold.</summary>
    private async Task PrepareAsync(PhasedDatabase database)
    {
        await database.ExecuteAsync($"""
            UPDATE "Customers" SET "Name" = (SELECT string_agg((ARRAY['Ann', 'bob', ' ', '  ', 'O''Hara', 'd"Arc', 'back\slash', 'é', U&'e\0301', '名前', '🐘', U&'\00a0', E'\t', E'x\ny', '%', ''])[1 + floor(random() * 16)::int], '') FROM generate_series(0, "Id" % 6))
                WHERE "Id" BETWEEN {Shared + 1} AND {Shared + 10_000}
            """);
        await database.ExecuteAsync("DELETE FROM \"Orders\"");
        await database.ExecuteAsync(await sample.Driver.AskAsync(database, "StoreContext", "journal"));
        await database.ExecuteAsync($"""
            INSERT INTO journal ("Id", "Shape", "Value") SELECT "Id", shape, value FROM "Customers",
                LATERAL (VALUES ('Name', "Name"), ('Code', "Code"), ('Phone', "Phone"), ('Balance', "Balance"::text), ('Region', "RegionId"::text), ('Home', "HomeRegionId"::text)) AS v (shape, value)
                WHERE "Id" <= {Shared} ORDER BY "Id"
            """);
    }

    /// <summary>A migration that does not get its lock among the writers gives up, and is run again.</summary>
    private async Task ApplyAsync(PhasedDatabase database, string context, string id)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await sample.Driver.AskAsync(database, context, "to", id);
                return;
            }
            catch (SampleException refused) when (tries < 20 && refused.Message.Contains("55P03", StringComparison.Ordinal))
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>The table holds what the journal says, and no row that it does not know.</summary>
    private static async Task ReplayAsync(PhasedDatabase database, Pattern pattern, string columns, string when)
    {
        var there = (await database.LinesAsync("""
            SELECT CASE relname WHEN 'Customers' THEN attname ELSE relname || '.' || attname END FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
            """)).ToHashSet();
        foreach (var pair in columns.Split(' ').Select(pair => pair.Split('=')).Where(pair => pair[1].Split('+').All(there.Contains)))
        {
            var missing = pattern.Name is "MakeRequired" && pair[0] == "Phone" ? "COALESCE(\"Value\", '')" : "\"Value\"";
            var wrong = await database.LinesAsync($"""
                SELECT j."Id", j."Value", {Value(pair[1])} FROM (SELECT DISTINCT ON ("Id") "Id", {missing} AS "Value" FROM journal WHERE "Shape" = '{pair[0]}' ORDER BY "Id", "At" DESC) j
                LEFT JOIN "Customers" USING ("Id")
                WHERE ({Value(pair[1])})::text IS DISTINCT FROM j."Value" AND NOT EXISTS (SELECT FROM journal d WHERE d."Id" = j."Id" AND d."Shape" = 'deleted')
                """);
            wrong.ShouldBeEmpty($"{pair[1]} after {when}");
        }
        (await database.LinesAsync("""
            SELECT "Id" FROM "Customers" c WHERE ("Id" > 50000 AND NOT EXISTS (SELECT FROM journal j WHERE j."Id" = c."Id"))
                OR EXISTS (SELECT FROM journal j WHERE j."Id" = c."Id" AND j."Shape" = 'deleted')
            UNION ALL
            SELECT j."Id" FROM (SELECT DISTINCT "Id" FROM journal) j WHERE NOT EXISTS (SELECT FROM "Customers" c WHERE c."Id" = j."Id")
                AND NOT EXISTS (SELECT FROM journal d WHERE d."Id" = j."Id" AND d."Shape" = 'deleted')
            """)).ShouldBeEmpty($"rows that came or went after {when}");
    }
}
