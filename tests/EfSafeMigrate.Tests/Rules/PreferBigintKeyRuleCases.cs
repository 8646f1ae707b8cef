using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class PreferBigintKeyRuleCases
{
    public static IEnumerable<RuleCase> All => Cases.Select(@case => @case.Advised());

    private static IEnumerable<RuleCase> Cases =>
    [
        Flagged("serial", Severity.Safe, "CREATE TABLE invoices (id serial PRIMARY KEY, n text)").Saying("invoices.id (integer) stops taking rows")
            .Cured(Deploy("CREATE TABLE invoices (id bigserial PRIMARY KEY, n text)")),
        Flagged("an identity", Severity.Safe, "CREATE TABLE invoices (id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n text)")
            .Cured(Deploy("CREATE TABLE invoices (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n text)")),
        FlaggedOperations("as EF numbers an int", Severity.Safe, new CreateTable(new(new(null, "lines"), [new("id", "integer", Nullable: false) { Identity = true }, Shop.Column("n")])))
            .Cured(Deploy(new CreateTable(new(new(null, "lines"), [new("id", "bigint", Nullable: false) { Identity = true }, Shop.Column("n")])))),
        Allowed("a wide one", "CREATE TABLE invoices (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n text)"),
        Allowed("numbers that somebody else gives", "CREATE TABLE countries (id integer PRIMARY KEY, name text)"),
        Allowed("another engine", "CREATE TABLE invoices (id INTEGER PRIMARY KEY)").On(Sqlite),
        Allowed("a partition", "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (2)").After("CREATE TABLE parts (id integer GENERATED ALWAYS AS IDENTITY) PARTITION BY RANGE (id)"),
    ];
}
