namespace Workshop.Models
{
    public class PostalAddress
    {
        public string Street { get; set; }

        public string City { get; set; }

        public string PostCode { get; set; }
    }
}
