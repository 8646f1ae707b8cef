namespace Storefront.Web.Contracts;

/// <summary>An order as the API gives it: Note and Total are those of the order.</summary>
public record OrderDto(int Id, string Number, string? Note, decimal Total) // no use
{
    public string Email { get; init; } = ""; // no use

    public string Title => Note is null ? Number : $"{Number}: {Note}"; // no use
}

public record LineDto(string Sku, int Quantity); // no use
