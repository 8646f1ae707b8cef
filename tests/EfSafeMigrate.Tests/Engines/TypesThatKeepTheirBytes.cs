using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Tests.Engines;

/// <summary>Type changes beyond the lock matrix, each tried on PostgreSQL 15 with an index on the column.</summary>
public class TypesThatKeepTheirBytes
{
    private static readonly TableName Table = new(null, "t");

    [Theory]
    [InlineData("varchar(50)[]", "varchar[]")]
    [InlineData("numeric(10,2)[]", "numeric[]")]
    [InlineData("interval(3)", "interval")]
    [InlineData("interval", "interval(6)")]
    [InlineData("time(3)", "time(6)")]
    [InlineData("numeric(10)", "numeric(12,0)")]
    [InlineData("character varying(10)", "varchar(20)")]
    public void Neither_table_nor_index_is_written(string from, string to) => WorkOf(from, to).ShouldBe(Work.Metadata);

    [Theory]
    [InlineData("citext", "varchar")]
    [InlineData("oid", "integer")]
    [InlineData("bit(8)", "bit varying")]
    [InlineData("timestamp(3)", "timestamp with time zone")]
    [InlineData("timestamp(3)", "timestamptz(6)")]
    public void The_index_is_built_anew(string from, string to) => WorkOf(from, to).ShouldBe(Work.IndexBuild);

    [Theory]
    [InlineData("varchar(50)[]", "text[]")]
    [InlineData("text[]", "varchar[]")]
    [InlineData("citext", "varchar(50)")]
    [InlineData("bit(8)", "varbit(16)")]
    [InlineData("timestamp(3)", "timestamptz(3)")]
    [InlineData("interval", "interval(3)")]
    [InlineData("time", "timetz")]
    [InlineData("inet", "cidr")]
    [InlineData("uuid", "text")]
    public void Every_row_is_written(string from, string to) => WorkOf(from, to).ShouldBe(Work.Rewrite | Work.IndexBuild);

    [Theory]
    [InlineData("text", "uuid")]
    [InlineData("text", "bytea")]
    [InlineData("boolean", "integer")]
    [InlineData("integer", "boolean")]
    [InlineData("timestamp", "timetz")]
    [InlineData("time", "timestamp")]
    public void A_conversion_without_an_assignment_cast_is_refused(string from, string to)
    {
        ImpactOf(from, to, null).Refused.ShouldNotBeNull();
        ImpactOf(from, to, $"c::{to}").Refused.ShouldBeNull();
    }

    [Fact]
    public void An_unknown_time_zone_counts_as_the_worse_one()
    {
        var impact = ImpactOf("timestamp", "timestamptz", null, timeZone: null);

        impact.Work.HasFlag(Work.Rewrite).ShouldBeTrue();
        impact.OnlineForm.ShouldNotBeNull().ShouldContain("TimeZone is unknown");
    }

    private static Work WorkOf(string from, string to) => ImpactOf(from, to, null).Work;

    private static Impact ImpactOf(string from, string to, string? usingClause, string? timeZone = "UTC")
    {
        var column = new Column("c", from, Nullable: true);
        var table = new Table(Table, [column]) { Indexes = [new("ix", ["c"])] };
        var state = new ServerState(new(15), new DatabaseModel([table])) { TimeZone = timeZone };
        return LockMatrix.Postgres.Engine.ImpactOf(new AlterColumn(Table, column with { Type = to }, column) { Using = usingClause }, state)!;
    }
}
