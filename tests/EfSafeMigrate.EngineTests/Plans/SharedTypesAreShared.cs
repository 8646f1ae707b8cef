using EfSafeMigrate.Engines.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>Of a pair of types that two releases may share, each release writes and reads the other's column through the driver, as EF does.</summary>
public class SharedTypesAreShared
{
    public static TheoryData<string, string> Pairs
    {
        get
        {
            string[][] families = [["smallint", "integer", "bigint"], ["varchar(40)", "text", "varchar(9)"], ["numeric", "numeric(10,2)", "numeric(12,4)"], ["timestamp", "timestamp(3)"], ["timestamptz", "timestamptz(0)"], ["time", "time(0)"], ["interval", "interval(0)"]];
            var pairs = new TheoryData<string, string>();
            foreach (var family in families)
            {
                foreach (var (one, other) in family.SelectMany(one => family.Where(other => other != one).Select(other => (one, other))))
                {
                    pairs.Add(one, other);
                }
            }
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Either_release_writes_finds_and_reads_it(string column, string known)
    {
        PostgresShadows.IsShared(column, known).ShouldBeTrue();
        await using var database = await PlanDatabase.CreateAsync($"CREATE TABLE shared (id integer PRIMARY KEY, value {column})");
        var (type, value) = Mapping(known);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var insert = new NpgsqlCommand("INSERT INTO shared VALUES (1, @value)", connection) { Parameters = { new("value", type) { Value = value } } };
        await insert.ExecuteNonQueryAsync();
        await using var find = new NpgsqlCommand("SELECT value FROM shared WHERE value = @value", connection) { Parameters = { new("value", type) { Value = value } } };
        await using var reader = await find.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        Read(reader, value).ShouldBe(value);
    }

    [Theory]
    [InlineData("text", "integer")]
    [InlineData("integer", "text")]
    [InlineData("integer", "numeric")]
    [InlineData("timestamp", "timestamptz")]
    [InlineData("real", "double precision")]
    [InlineData("char(9)", "varchar(9)")]
    [InlineData("integer[]", "bigint[]")]
    [InlineData("json", "jsonb")]
    public void Others_are_not(string one, string other)
    {
        PostgresShadows.IsShared(one, other).ShouldBeFalse();
        PostgresShadows.IsShared(other, one).ShouldBeFalse();
    }

    /// <summary>As EF's provider declares the parameter.</summary>
    private static (NpgsqlDbType Type, object Value) Mapping(string type) => type.Split('(')[0] switch
    {
        "smallint" => (NpgsqlDbType.Smallint, (short)7),
        "integer" => (NpgsqlDbType.Integer, 7),
        "bigint" => (NpgsqlDbType.Bigint, 7L),
        "varchar" => (NpgsqlDbType.Varchar, "seven"),
        "text" => (NpgsqlDbType.Text, "seven"),
        "numeric" => (NpgsqlDbType.Numeric, 7.25m),
        "timestamp" => (NpgsqlDbType.Timestamp, new DateTime(2026, 11, 22, 1, 2, 3)),
        "timestamptz" => (NpgsqlDbType.TimestampTz, new DateTime(2026, 11, 22, 1, 2, 3, DateTimeKind.Utc)),
        "time" => (NpgsqlDbType.Time, new TimeOnly(1, 2, 3)),
        _ => (NpgsqlDbType.Interval, new TimeSpan(1, 2, 3)),
    };

    private static object Read(NpgsqlDataReader reader, object like) => like switch
    {
        short => reader.GetFieldValue<short>(0),
        int => reader.GetFieldValue<int>(0),
        long => reader.GetFieldValue<long>(0),
        decimal => reader.GetFieldValue<decimal>(0),
        DateTime => reader.GetFieldValue<DateTime>(0),
        TimeOnly => reader.GetFieldValue<TimeOnly>(0),
        TimeSpan => reader.GetFieldValue<TimeSpan>(0),
        _ => reader.GetFieldValue<string>(0),
    };
}
