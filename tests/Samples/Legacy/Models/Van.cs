namespace Workshop.Models
{
    public class Van : Vehicle
    {
        public int? PayloadKg { get; set; }
    }
}
