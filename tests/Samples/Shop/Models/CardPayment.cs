namespace Shop.Models;

public class CardPayment : Payment
{
    public required string LastFourDigits { get; set; }

    public string? AuthorisationCode { get; set; }
}
