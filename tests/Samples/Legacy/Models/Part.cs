namespace Workshop.Models
{
    public class Part
    {
        public int Id { get; set; }

        public string PartNumber { get; set; }

        public string Description { get; set; }

        public decimal UnitPrice { get; set; }
    }
}
