using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Data.Entities;

namespace Storefront.Web.Services;

public class StockService(StorefrontContext db)
{
    public async Task<Product> TakeAsync(string sku, int quantity) // no use
    {
        var product = await db.Products.FirstOrDefaultAsync(p => p.Sku.Equals(sku)) // uses Products.Sku
            ?? throw new KeyNotFoundException($"There is no product with the Sku {sku}."); // no use
        return product.Quantity < quantity // no use
            ? throw new InvalidOperationException($"Only {product.Quantity} of {product.Sku} are left.") // uses Products.Sku
            : product;
    }

    public static Product Gift(string name) => new(Id: 0, Sku: "GIFT-" + name, Name: name, Price: 0); // uses Products.Sku

    public static (string Code, decimal Price) Parts(Product product)
    {
        var (_, code, _, price) = product; // uses Products.Sku
        return (code, price);
    }

    public static bool IsGift(Product product) => product is (_, "GIFT", _, _) or { Sku: ['G', '-', ..] }; // uses Products.Sku

    public Task<int> OrderedAsync(string sku) => // no use
        (from l in db.OrderLines
         join p in db.Products on l.ProductId equals p.Id
         where p.Sku == sku // uses Products.Sku
         let quantity = l.Quantity // uses OrderLines.Quantity
         select quantity).SumAsync();
}
