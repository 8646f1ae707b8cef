using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class RequireTableSchemaRuleCases
{
    public static IEnumerable<RuleCase> All => Cases.Select(@case => @case.Advised());

    private static IEnumerable<RuleCase> Cases =>
    [
        Flagged("a table", Severity.Safe, "CREATE TABLE invoices (id bigint PRIMARY KEY)").Saying("invoices is created in whichever schema comes first")
            .Cured(Deploy("CREATE TABLE public.invoices (id bigint PRIMARY KEY)")),
        Flagged("unless it is there", Severity.Safe, "CREATE TABLE IF NOT EXISTS invoices (id bigint PRIMARY KEY)")
            .Cured(Deploy("CREATE TABLE IF NOT EXISTS public.invoices (id bigint PRIMARY KEY)")),
        FlaggedOperations("as EF creates it", Severity.Safe, new CreateTable(new(new(null, "invoices"), [Shop.Column("id", "bigint")])))
            .Cured(Deploy(new CreateTable(new(new("public", "invoices"), [Shop.Column("id", "bigint")])))),
        Allowed("the schema is named", "CREATE TABLE public.invoices (id bigint PRIMARY KEY)"),
        Allowed("it is temporary", "CREATE TEMPORARY TABLE invoices (id bigint PRIMARY KEY)"),
        Allowed("an engine without a path", "CREATE TABLE invoices (id INTEGER PRIMARY KEY)").On(Sqlite),
    ];
}
