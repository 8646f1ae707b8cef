namespace Shop.Models;

public class Customer
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required string Email { get; set; }

    public string? Phone { get; set; }

    public string? Company { get; set; }

    public bool NewsletterOptIn { get; set; }

    public DateTime CreatedAt { get; set; }

    public List<Order> Orders { get; } = [];
}
