namespace Workshop.Models
{
    public abstract class Vehicle
    {
        public int Id { get; set; }

        public int CustomerId { get; set; }

        public Customer Customer { get; set; }

        public string Registration { get; set; }

        public string Make { get; set; }

        public string Colour { get; set; }

        public bool IsActive { get; set; } = true;

        public long Odometer { get; set; }
    }
}
