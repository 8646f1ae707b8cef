namespace Library.Models;

public class Address
{
    public required string Street { get; set; }

    public required string City { get; set; }

    public string? PostCode { get; set; }
}
