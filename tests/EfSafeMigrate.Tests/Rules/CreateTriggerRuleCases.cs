using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class CreateTriggerRuleCases
{
    private const string Function = "CREATE FUNCTION f_tr() RETURNS trigger LANGUAGE plpgsql AS $$ begin return new; end $$";
    private const string Trigger = "CREATE TRIGGER tr_orders BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f_tr()";

    private const string AfterStatement = "CREATE TRIGGER tr_orders AFTER UPDATE ON orders FOR EACH STATEMENT EXECUTE FUNCTION f_tr()";
    private const string OfColumn = "CREATE TRIGGER tr_orders BEFORE UPDATE OF qty ON orders FOR EACH ROW EXECUTE FUNCTION f_tr()";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("before a row", Severity.Careful, Trigger).After(Function).Saying("every such write of the running release runs it too").Cured(Deploy(Trigger).WithoutTraffic()),
        Flagged("after a statement", Severity.Careful, AfterStatement).After(Function).Cured(Deploy(AfterStatement).WithoutTraffic()),
        Flagged("of one column", Severity.Careful, OfColumn).After(Function).Cured(Deploy(OfColumn).WithoutTraffic()),
        Allowed("the table is new", "CREATE TABLE t (a int); CREATE TRIGGER tr_t BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f_tr()").After(Function),
        Allowed("on a view", "CREATE TRIGGER tr_v INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f_tr()").After($"{Function}; CREATE VIEW v AS SELECT count(*) AS n FROM orders"),
        Allowed("a function alone", Function),
        Allowed("an engine with one writer", "CREATE TRIGGER tr AFTER INSERT ON orders BEGIN SELECT 1; END").On(Sqlite),
    ];
}
