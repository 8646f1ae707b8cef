using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines.Postgres;

namespace EfSafeMigrate.Tests.Engines;

public class DefaultsThatAreVolatile
{
    [Theory]
    [InlineData("gen_random_uuid()")]
    [InlineData("now() + random() * interval '1 day'")]
    [InlineData("nextval('s'::regclass)")]
    [InlineData("uuid_generate_v4()")]
    [InlineData("app.next_code()")]
    [InlineData("\"Sum\"(1)")]
    public void A_volatile_or_unknown_function_is_one(string sql) => IsVolatile(sql).ShouldBeTrue();

    [Theory]
    [InlineData("now() + interval '1 day'")]
    [InlineData("CURRENT_TIMESTAMP(3)")]
    [InlineData("lower('random()')")]
    [InlineData("to_timestamp(0)")]
    [InlineData("'{}'::jsonb")]
    [InlineData("ARRAY[]::text[]")]
    [InlineData("pg_catalog.now()")]
    [InlineData("(COALESCE(current_setting('app.tenant', true), '0'))::numeric(10, 2)")]
    [InlineData("CAST('x' AS varchar(10))")]
    [InlineData("(now() at time zone 'utc')")]
    public void What_has_one_value_for_a_statement_is_none(string sql) => IsVolatile(sql).ShouldBeFalse();

    private static bool IsVolatile(string sql) => PostgresVolatility.IsVolatile(new Default(sql, Constant: false), DatabaseModel.Empty);
}
