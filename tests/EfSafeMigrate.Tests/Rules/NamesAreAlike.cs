using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Rules;

public class NamesAreAlike
{
    [Theory]
    [InlineData("Phone", "PhoneNumber")]
    [InlineData("phone_number", "PhoneNumber")]
    [InlineData("Qty", "Quantity")]
    [InlineData("Addr", "Address")]
    [InlineData("Colour", "Color")]
    [InlineData("Recieved", "Received")]
    [InlineData("Dob", "DateOfBirth")]
    [InlineData("phonenumber", "NumberOfPhones")]
    [InlineData("IsDelivered", "DeliveryDone")]
    [InlineData("Id", "OrderId")]
    [InlineData("ZipCode", "PostalCode")]
    public void When_they_share_a_word(string left, string right)
    {
        NameLikeness.ShareAWord(left, right).ShouldBeTrue();
        NameLikeness.ShareAWord(right, left).ShouldBeTrue();
        NameLikeness.Of(left, right).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("Age", "Score")]
    [InlineData("Age", "Average")]
    [InlineData("CloudSponsor", "ToDelete")]
    [InlineData("IsActive", "IsDeleted")]
    [InlineData("CustomerId", "OwnerId")]
    [InlineData("CreatedAt", "ShippedAt")]
    [InlineData("Line1", "Town1")]
    [InlineData("Title", "Headline")]
    public void But_not_for_a_particle_or_a_letter(string left, string right)
    {
        NameLikeness.ShareAWord(left, right).ShouldBeFalse();
        NameLikeness.Of(left, right).ShouldBe(0);
    }

    [Theory]
    [InlineData("OrderLineIDs", "order,line,ids")]
    [InlineData("HTTPStatus2Codes", "http,status,2,code")]
    [InlineData("__order__line", "order,line")]
    public void Word_by_word(string name, string words) => NameLikeness.Words(name).ShouldBe(words.Split(','));
}
