using System.Globalization;
using Bogus;

namespace EfSafeMigrate.Updates.Seeds;

/// <summary>Text that looks like what a column of this name holds.</summary>
internal static class MadeUpText
{
    private static readonly (string Part, Func<Faker, string> Make)[] ByName =
    [
        ("email", faker => faker.Internet.Email()),
        ("phone", faker => faker.Phone.PhoneNumber()),
        ("url", faker => faker.Internet.Url()),
        ("website", faker => faker.Internet.Url()),
        ("firstname", faker => faker.Name.FirstName()),
        ("lastname", faker => faker.Name.LastName()),
        ("username", faker => faker.Internet.UserName()),
        ("company", faker => faker.Company.CompanyName()),
        ("supplier", faker => faker.Company.CompanyName()),
        ("product", faker => faker.Commerce.ProductName()),
        ("currency", faker => faker.Finance.Currency().Code),
        ("iban", faker => faker.Finance.Iban()),
        ("city", faker => faker.Address.City()),
        ("countrycode", faker => faker.Address.CountryCode()),
        ("country", faker => faker.Address.Country()),
        ("street", faker => faker.Address.StreetAddress()),
        ("address", faker => faker.Address.StreetAddress()),
        ("postal", faker => faker.Address.ZipCode()),
        ("zip", faker => faker.Address.ZipCode()),
        ("color", faker => faker.Commerce.Color()),
        ("title", faker => faker.Lorem.Sentence(3).TrimEnd('.')),
        ("description", faker => faker.Lorem.Sentence()),
        ("comment", faker => faker.Lorem.Sentence()),
        ("note", faker => faker.Lorem.Sentence()),
        ("body", faker => faker.Lorem.Paragraph()),
        ("sku", faker => faker.Random.AlphaNumeric(8)),
        ("code", faker => faker.Random.AlphaNumeric(6)),
        ("name", faker => faker.Name.FullName()),
    ];

    public static string Of(Faker faker, string table, string column)
    {
        var words = Bare(column);
        var make = ByName.FirstOrDefault(each => words.Contains(each.Part, StringComparison.Ordinal)).Make;
        // What the name of a thing is depends on the thing.
        return words == "name" ? (ByName.FirstOrDefault(each => Bare(table).Contains(each.Part, StringComparison.Ordinal)).Make ?? make!)(faker)
            : make?.Invoke(faker) ?? faker.Lorem.Word();
    }

    /// <summary>Ends in the row's number, so that no two are equal, and is no longer than it may be.</summary>
    public static string Unique(string text, long row, int? longest)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"{row}");
        var end = longest <= number.Length ? number : $"-{number}";
        return longest is not { } most ? text + end : text[..Math.Max(0, Math.Min(text.Length, most - end.Length))] + end;
    }

#pragma warning disable CA1308 // Compared with words in small letters.
    private static string Bare(string name) => new([.. name.ToLowerInvariant().Where(char.IsLetter)]);
#pragma warning restore CA1308
}
