using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Tests.Uses;

/// <summary>In code whose lines say what they use, all of that is found and nothing else.</summary>
public class MarkedUsesAreFound
{
    public static TheoryData<string> Folders =>
    [
        .. new[] { "tests/EfSafeMigrate.Tests/Data/Marked" }.Concat(Directory.GetDirectories(Path.Combine(Approval.Root, "tests", "Samples"))
            .Where(IsMarked).Select(folder => Path.GetRelativePath(Approval.Root, folder))),
    ];

    [Theory, MemberData(nameof(Folders))]
    public void AllOfThem(string folder) => In(folder).Missed.ShouldBeEmpty();

    [Theory, MemberData(nameof(Folders))]
    public void AndNoOther(string folder) => In(folder).Wrong.ShouldBeEmpty();

    [Theory, MemberData(nameof(Folders))]
    public void AndThereAreMarks(string folder) => In(folder).Marks.Count.ShouldBeGreaterThan(40);

    /// <summary>Its migrations are not written: its model is known here, by the names of the database and of the classes.</summary>
    private static readonly IReadOnlyList<MappedProperty> Storefront =
    [
        .. Of("Orders", "Order", "Id Number CustomerId Status Note Total Currency PlacedAt Region"),
        .. Of("OrderLines", "OrderLine", "Id OrderId ProductId Quantity UnitPrice"),
        .. Of("Customers", "Customer", "Id Name Note"),
        .. Of("Products", "Product", "Id Sku Name Price Quantity"),
        .. Of("Shipments", "Shipment", "Id OrderId Carrier Note SentAt"),
        new(new(null, "Customers"), "email_address", "Storefront.Data.Entities.Customer", "Email"),
        .. Of("Invoices", "Invoice", "Id Number Note Total Email").Select(property => property with { Table = new("billing", "Invoices") }),
    ];

    private static IEnumerable<MappedProperty> Of(string table, string entity, string properties) =>
        properties.Split(' ').Select(name => new MappedProperty(new(null, table), name, $"Storefront.Data.Entities.{entity}", name));

    internal static MarkedCode StorefrontsCode => In("tests/Samples/Storefront");

    private static MarkedCode In(string folder) =>
        Read.GetOrAdd(folder, each => new(() => new(Path.Combine(Approval.Root, each), Path.GetFileName(each) == nameof(Storefront) ? Storefront : null))).Value;

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Lazy<MarkedCode>> Read = new();

    private static bool IsMarked(string folder) => EfSafeMigrate.Projects.SourceFiles.Under(folder).Any(file => File.ReadAllText(file).Contains("// uses ", StringComparison.Ordinal));
}
