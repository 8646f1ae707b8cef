using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Models;

namespace Shop.Data.Configurations;

public class ReviewConfiguration : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint("CK_Reviews_Rating", "\"Rating\" BETWEEN 1 AND 5"));

        builder.Property(review => review.Text).HasMaxLength(4000);

        builder.HasIndex(review => new { review.ProductId, review.CustomerId }).IsUnique();
        builder.HasIndex(review => review.WrittenAt);
        builder.HasIndex(review => review.Rating);
    }
}
