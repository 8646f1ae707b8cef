namespace Workshop.Models
{
    public class Checklist
    {
        public bool Brakes { get; set; }

        public bool Lights { get; set; }

        public string Remarks { get; set; }
    }
}
