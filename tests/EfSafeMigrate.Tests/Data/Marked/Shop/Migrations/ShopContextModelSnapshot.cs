using System;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Shop.Migrations
{
    [DbContext(typeof(ShopContext))]
    partial class ShopContextModelSnapshot : ModelSnapshot
    {
        protected override void BuildModel(ModelBuilder modelBuilder)
        {
            modelBuilder.HasAnnotation("ProductVersion", "10.0.14");

            modelBuilder.Entity("Shop.Coupon", b =>
                {
                    b.Property<int>("Id").HasColumnType("integer");
                    b.Property<string>("Code").IsRequired().HasColumnType("text");
                    b.Property<decimal>("Percent").HasColumnType("numeric").HasColumnName("Rate");
                    b.HasKey("Id");
                    b.ToTable("Coupons");
                });

            modelBuilder.Entity("Shop.Customer", b =>
                {
                    b.Property<int>("Id").HasColumnType("integer");
                    b.Property<DateTime>("Changed").HasColumnType("timestamp");
                    b.Property<string>("Name").IsRequired().HasColumnType("text");
                    b.Property<string>("Note").HasColumnType("text");
                    b.HasKey("Id");
                    b.ToTable("Customers");
                });

            modelBuilder.Entity("Shop.Line", b =>
                {
                    b.Property<int>("Id").HasColumnType("integer");
                    b.Property<int>("OrderId").HasColumnType("integer");
                    b.Property<int>("Quantity").HasColumnType("integer");
                    b.HasKey("Id");
                    b.ToTable("OrderLines");
                });

            modelBuilder.Entity("Shop.Order", b =>
                {
                    b.Property<int>("Id").HasColumnType("integer");
                    b.Property<DateTime>("Changed").HasColumnType("timestamp");
                    b.Property<int>("CustomerId").HasColumnType("integer");
                    b.Property<string>("Note").HasColumnType("text").HasColumnName("Note");
                    b.Property<DateTime>("Placed").HasColumnType("timestamp");
                    b.Property<decimal>("Total").HasColumnType("numeric(12,2)");
                    b.HasKey("Id");
                    b.ToTable("Orders");
                });

            modelBuilder.Entity("Shop.Customer", b =>
                {
                    b.OwnsOne("Shop.Address", "Home", b1 =>
                        {
                            b1.Property<int>("CustomerId").HasColumnType("integer");
                            b1.Property<string>("Street").IsRequired().HasColumnType("text");
                            b1.Property<string>("Town").HasColumnType("text");
                            b1.HasKey("CustomerId");
                            b1.ToTable("Customers");
                            b1.WithOwner().HasForeignKey("CustomerId");
                        });
                });

            modelBuilder.Entity("Shop.Order", b =>
                {
                    b.OwnsOne("Shop.Address", "ShipTo", b1 =>
                        {
                            b1.Property<int>("OrderId").HasColumnType("integer");
                            b1.Property<string>("Street").IsRequired().HasColumnType("text");
                            b1.Property<string>("Town").HasColumnType("text");
                            b1.HasKey("OrderId");
                            b1.ToTable("Orders");
                            b1.WithOwner().HasForeignKey("OrderId");
                        });
                });
        }
    }
}
