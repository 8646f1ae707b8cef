namespace EfSafeMigrate.EndToEndTests.Phases;

internal static class Patterns
{
    private const string Entity = "        model.Entity<Customer>(customer =>\n        {\n";
    private const string BeforeCode = "    public required string Code { get; set; }\n";
    private const string Phone = "public string? Phone { get; set; }";

    public static IReadOnlyList<Pattern> All { get; } =
    [
        new("RenameIndexed",
            [("public required string Name { get; set; }\n\n" + BeforeCode, "public required string FullName { get; set; }\n\n" + BeforeCode), ("each.Name", "each.FullName")],
            "--rename", "Customers.Name=FullName"),
        new("RenameForeignKey", [("HomeRegionId", "MainRegionId")], "--rename", "Customers.HomeRegionId=MainRegionId"),
        new("RenameOptional", [("Phone {", "PhoneNumber {"), ("each.Phone", "each.PhoneNumber")], "--rename", "Customers.Phone=PhoneNumber"),
        new("SplitName",
            [
                ("public required string Name { get; set; }\n\n" + BeforeCode, "public required string FirstName { get; set; }\n\n    public string? LastName { get; set; }\n\n" + BeforeCode),
                ("customer.Property(each => each.Name).HasMaxLength(100);", "customer.Property(each => each.FirstName).HasMaxLength(90);\n            customer.Property(each => each.LastName).HasMaxLength(90);"),
                ("customer.HasIndex(each => each.Name);", "customer.HasIndex(each => each.LastName);"),
            ],
            "--using", "Customers.FirstName=left(split_part(\"Name\", ' ', 1), 90)",
            "--using", "Customers.LastName=CASE WHEN strpos(\"Name\", ' ') > 0 THEN left(substr(\"Name\", strpos(\"Name\", ' ') + 1), 90) END",
            "--using", "Customers.Name=left(\"FirstName\" || coalesce(' ' || \"LastName\", ''), 100)")
        {
            Random = ["FirstName", "LastName"],
        },
        new("RenameTable", [Configuration("customer.ToTable(\"Clients\");")], "--rename", "Customers=Clients"),
        new("AddRequired", [Property("public required string Segment { get; set; }")]),
        new("AddFilled", [Property("public required string Segment { get; set; }")], "--fill", "Customers.Segment=''"),
        new("MakeRequired", [(Phone, "public required string Phone { get; set; }")]),
        new("DropColumn", [("    public int Balance { get; set; }\n", "")]),
        new("MoveToTable",
            [
                ("    " + Phone + "\n\n    public int Balance", "    public Contact? Contact { get; set; }\n\n    public int Balance"),
                ("public class Order\n", "public class Contact\n{\n    public int CustomerId { get; set; }\n\n    public string? Phone { get; set; }\n}\n\npublic class Order\n"),
                (Entity, "        model.Entity<Contact>(contact =>\n        {\n            contact.ToTable(\"Contacts\").HasKey(each => each.CustomerId);\n            contact.Property(each => each.Phone).HasMaxLength(30);\n        });\n" + Entity),
                ("customer.Property(each => each.Phone).HasMaxLength(30);", "customer.HasOne(each => each.Contact).WithOne().HasForeignKey<Contact>(each => each.CustomerId);"),
            ],
            "--move", "Customers.Phone=Contacts.Phone")
        {
            Random = ["Contacts"],
        },
        new("WidenKey",
            [
                ("public int Id { get; set; }\n\n    public required string Name { get; set; }\n\n" + BeforeCode, "public long Id { get; set; }\n\n    public required string Name { get; set; }\n\n" + BeforeCode),
                ("public int CustomerId", "public long CustomerId"),
            ]),
        new("MoveKey",
            [(Entity, "        model.Entity<Order>().HasKey(each => new { each.CustomerId, each.Id });\n        model.Entity<Order>().Property(each => each.Id).UseIdentityByDefaultColumn();\n\n" + Entity)]),
        new("ChangeTypes",
            [("public int Balance", "public long Balance"), ("each.Name).HasMaxLength(100)", "each.Name).HasMaxLength(80)")]),
        new("DropTableAndIndex", [("    public DbSet<Order> Orders => Set<Order>();\n\n", ""), ("            customer.HasIndex(each => each.Name);\n", "")]),
        new("AddIndex", [Configuration("customer.HasIndex(each => each.Code);")]),
        new("AddUniqueIndex", [Configuration("customer.HasIndex(each => each.Code).IsUnique();")]),
        new("AddAlternateKey", [Configuration("customer.HasAlternateKey(each => each.Code);")]),
        new("AddForeignKey", [Configuration("customer.HasOne<Region>().WithMany().HasForeignKey(each => each.RegionId);")]),
        new("AddCheck", [Configuration(Check)]),
        new("AddVolatile", [Property("public Guid Token { get; set; }"), Configuration("customer.Property(each => each.Token).HasDefaultValueSql(\"gen_random_uuid()\");")])
        {
            Random = ["Token"],
        },
        new("Several",
            [
                ("Phone {", "PhoneNumber {"), ("each.Phone", "each.PhoneNumber"), Property("public required string Segment { get; set; }"),
                Configuration("customer.HasIndex(each => each.Code);\n" + "customer.HasOne<Region>().WithMany().HasForeignKey(each => each.RegionId);\n" + Check),
            ],
            "--rename", "Customers.Phone=PhoneNumber"),
    ];

    private const string Check = "customer.ToTable(\"Customers\", table => table.HasCheckConstraint(\"CK_Customers_Balance\", \"\\\"Balance\\\" >= 0\"));";

    public static Pattern Named(string name) => All.Single(pattern => pattern.Name == name);

    private static (string, string) Property(string line) => (BeforeCode, $"    {line}\n\n{BeforeCode}");

    private static (string, string) Configuration(string line) => (Entity, $"{Entity}            {line}\n");
}
