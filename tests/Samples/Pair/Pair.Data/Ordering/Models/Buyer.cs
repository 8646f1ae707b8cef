namespace Pair.Data.Ordering.Models;

public class Buyer
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required string Email { get; set; }

    public string? PhoneNumber { get; set; }

    public required string StreetLine { get; set; }

    public required string Town { get; set; }

    public string? Company { get; set; }

    public bool WantsNewsletter { get; set; }

    public List<Order> Orders { get; } = [];
}
