namespace Phases.Store;

public class Region
{
    public int Id { get; set; }

    public required string Name { get; set; }
}

public class Customer
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required string Code { get; set; }

    public string? Phone { get; set; }

    public int Balance { get; set; }

    public int? RegionId { get; set; }

    public int? HomeRegionId { get; set; }
}

public class Order
{
    public long Id { get; set; }

    public int CustomerId { get; set; }

    public Customer Customer { get; set; } = null!;

    public decimal Total { get; set; }
}
