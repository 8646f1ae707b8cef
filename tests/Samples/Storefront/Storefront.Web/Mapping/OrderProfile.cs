using AutoMapper;
using Storefront.Data.Entities;
using Storefront.Web.Contracts;

namespace Storefront.Web.Mapping;

public class OrderProfile : Profile
{
    public OrderProfile()
    {
        CreateMap<Order, OrderDto>() // may use Orders.Note, Orders.Total
            .ForMember(dto => dto.Email, options => options.MapFrom(order => order.Customer.Email)) // uses Customers.email_address
            .ForMember(dto => dto.Note, options => options.MapFrom(order => order.Note ?? "")) // uses Orders.Note
            .ForMember(dto => dto.Title, options => options.Ignore());
        CreateMap<Invoice, OrderDto>()
            .ForMember(dto => dto.Note, options => options.MapFrom(invoice => invoice.Note)) // no use
            .ForMember(dto => dto.Total, options => options.MapFrom(s => s.WithTax(0.2m))); // no use
        CreateMap<OrderLine, LineDto>() // may use OrderLines.Quantity
            .ForMember(dto => dto.Sku, options => options.MapFrom(s => s.Product.Sku)); // uses Products.Sku
    }
}
