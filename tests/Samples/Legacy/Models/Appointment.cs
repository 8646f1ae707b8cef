using System;

namespace Workshop.Models
{
    public class Appointment
    {
        public int Id { get; set; }

        public int VehicleId { get; set; }

        public Vehicle Vehicle { get; set; }

        public string Bay { get; set; }

        public DateTime StartsAt { get; set; }
    }
}
