using EfSafeMigrate.Engines.MariaDb;

namespace EfSafeMigrate.Tests.Engines;

/// <summary>What MariaDB 10.11 tells of types and checks is held against what was written.</summary>
public class MariaDbSpellsAnew
{
    private static readonly string[] Columns = ["a", "b", "g", "k"];

    [Theory]
    [InlineData("int", "int(11)")]
    [InlineData("INTEGER", "int(11)")]
    [InlineData("int unsigned", "int(10) unsigned")]
    [InlineData("boolean", "tinyint(1)")]
    [InlineData("tinyint", "tinyint(4)")]
    [InlineData("decimal", "decimal(10,0)")]
    [InlineData("numeric(5)", "decimal(5,0)")]
    [InlineData("decimal(10, 2)", "decimal(10,2)")]
    [InlineData("double precision", "double")]
    [InlineData("datetime(0)", "datetime")]
    [InlineData("year", "year(4)")]
    [InlineData("char", "char(1)")]
    [InlineData("varchar(20) CHARACTER SET latin1 COLLATE latin1_bin", "varchar(20)")]
    [InlineData("enum('a', 'b')", "enum('a','b')")]
    public void OneTypeInTwoSpellings(string written, string told) => MariaDbLiveSchema.Value.SameType(written, told).ShouldBeTrue();

    [Theory]
    [InlineData("tinyint(1)", "tinyint(4)")]
    [InlineData("int", "int(10) unsigned")]
    [InlineData("datetime(6)", "datetime")]
    [InlineData("varchar(20)", "varchar(21)")]
    [InlineData("enum('a','b')", "enum('a','B')")]
    [InlineData("longtext", "mediumtext")]
    [InlineData("json", "longtext")]
    public void TwoTypes(string written, string told) => MariaDbLiveSchema.Value.SameType(written, told).ShouldBeFalse();

    [Theory]
    [InlineData("a <> 'x' && NOT (k > 1) || length(b) between 1 and 0.50", "`a` <> 'x' and `k` <= 1 or octet_length(`b`) between 1 and 0.50")]
    [InlineData("b like 'a\\\\_%' and b in ('it''s', N'x') and g > DATE '2020-01-01' and k is not null and TRUE", "`b` like 'a\\\\_%' and `b` in ('it\\'s','x') and `g` > DATE'2020-01-01' and `k` is not null and 1")]
    [InlineData("b in ('it''s', '') and k is not null and TRUE", "`b` in ('it\\'s','') and `k` is not null and 1")]
    [InlineData("char_length(b) <= 10 and (k > 0 or k < -5)", "char_length(`b`) <= 10 and (`k` > 0 or `k` < -5)")]
    [InlineData("not (k > 1 and k < 3)", "`k` <= 1 or `k` >= 3")]
    [InlineData("K != .5", "`k` <> 0.5")]
    [InlineData("cast(k as char) regexp '^[0-9]+$'", "cast(`k` as char charset utf8mb3) regexp '^[0-9]+$'")]
    public void OneCheckInTwoSpellings(string written, string told) => MariaDbCheckText.MayBeSame(written, told, Columns).ShouldBeTrue();

    [Theory]
    [InlineData("k > 0", "`k` >= 0")]
    [InlineData("k > 0", "`k` > 1")]
    [InlineData("k > 0", "`a` > 0")]
    [InlineData("k > 0 and a > 0", "`k` > 0")]
    [InlineData("b in ('x', 'y')", "`b` in ('x','Y')")]
    [InlineData("k between 1 and 5", "`k` between 1 and 9")]
    [InlineData("k is not null and a > 1", "`k` is not null and `a` < 1")]
    public void TwoChecks(string written, string told) => MariaDbCheckText.MayBeSame(written, told, Columns).ShouldBeFalse();
}
