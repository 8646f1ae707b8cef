namespace Pair.Data.Billing.Models;

public enum PaymentMethod
{
    Card,
    Transfer,
    Cash,
}
