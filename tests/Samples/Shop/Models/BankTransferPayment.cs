namespace Shop.Models;

public class BankTransferPayment : Payment
{
    public required string Iban { get; set; }
}
