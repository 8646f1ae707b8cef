namespace Storefront.Data.Entities;

public class Customer
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string Email { get; set; } = ""; // declares Customers.email_address

    public string? Note { get; set; } // no use

    public List<Order> Orders { get; } = []; // declares Orders
}
