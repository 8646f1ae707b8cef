namespace Workshop.Models
{
    public class Car : Vehicle
    {
        public int Doors { get; set; }
    }
}
