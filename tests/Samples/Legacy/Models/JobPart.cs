namespace Workshop.Models
{
    public class JobPart
    {
        public int JobId { get; set; }

        public Job Job { get; set; }

        public int PartId { get; set; }

        public Part Part { get; set; }

        public int Quantity { get; set; }
    }
}
