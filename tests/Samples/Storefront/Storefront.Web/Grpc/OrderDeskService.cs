using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Web.Grpc;

public class OrderDeskService(StorefrontContext db) : OrderDesk.OrderDeskBase
{
    public override async Task<OrderReply> GetOrder(OrderRequest request, CancellationToken context)
    {
        var order = await db.Orders // uses Orders
            .Include(o => o.Lines)
            .ThenInclude(l => l.Product)
            .SingleAsync(o => o.Id == request.Id, context);
        var reply = new OrderReply
        {
            Note = order.Note ?? "", // uses Orders.Note
            Total = (double)order.Total, // uses Orders.Total
        };
        reply.Skus.AddRange(order.Lines.Select(l => l.Product.Sku)); // uses Products.Sku
        reply.Note = reply.Note.Trim(); // no use
        return reply;
    }
}
