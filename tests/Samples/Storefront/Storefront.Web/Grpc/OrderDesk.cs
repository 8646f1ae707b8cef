namespace Storefront.Web.Grpc;

/// <summary>As the compiler of protocol buffers writes it.</summary>
public static class OrderDesk
{
    public abstract class OrderDeskBase
    {
        public abstract Task<OrderReply> GetOrder(OrderRequest request, CancellationToken context);
    }
}

public sealed class OrderRequest
{
    public int Id { get; set; }
}

public sealed class OrderReply
{
    public string Note { get; set; } = ""; // no use

    public double Total { get; set; } // no use

    public List<string> Skus { get; } = [];
}
