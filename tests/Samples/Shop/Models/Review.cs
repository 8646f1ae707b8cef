namespace Shop.Models;

public class Review
{
    public int Id { get; set; }

    public int ProductId { get; set; }

    public Product Product { get; set; } = null!;

    public int CustomerId { get; set; }

    public Customer Customer { get; set; } = null!;

    public int Rating { get; set; }

    public string? Text { get; set; }

    public DateTime WrittenAt { get; set; }
}
