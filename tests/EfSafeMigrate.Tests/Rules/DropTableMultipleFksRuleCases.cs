using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropTableMultipleFksRuleCases
{
    private const string Lines = "CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id), customer_id bigint REFERENCES customers (id))";

    private static readonly CuredForm Form = new(
    [
        Deploy().Unmapping("lines"), Deploy("ALTER TABLE lines DROP CONSTRAINT lines_order_id_fkey", "ALTER TABLE lines DROP CONSTRAINT lines_customer_id_fkey"),
        Deploy("ALTER TABLE lines RENAME TO lines_dropped"), Deploy("DROP TABLE lines_dropped"),
    ]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("two references", Severity.Careful, "DROP TABLE lines").After(Lines).Saying("locks orders and customers with it").Cured(Form),
        Flagged("with CASCADE", Severity.Careful, "DROP TABLE lines CASCADE").After(Lines).Cured(Form),
        Flagged("one that it references and one that references it", Severity.Careful, "DROP TABLE parts CASCADE")
            .After("CREATE TABLE parts (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id)); CREATE TABLE screws (id bigint PRIMARY KEY, part_id bigint REFERENCES parts (id))")
            .Cured(new CuredForm([Deploy().Unmapping("parts", "screws.part_id"), Deploy("ALTER TABLE parts DROP CONSTRAINT parts_order_id_fkey", "ALTER TABLE screws DROP CONSTRAINT screws_part_id_fkey"), Deploy("ALTER TABLE parts RENAME TO parts_dropped"), Deploy("DROP TABLE parts_dropped")]).Leaving("drop-constraint")),
        Allowed("one reference", "DROP TABLE lines").After("CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id))"),
        Allowed("no reference", "DROP TABLE logs"),
        Allowed("an engine that locks the table alone", "DROP TABLE lines").On("mysql").After("CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint, customer_id bigint, FOREIGN KEY (order_id) REFERENCES orders (id), FOREIGN KEY (customer_id) REFERENCES customers (id))"),
    ];
}
