using System;
using System.Collections.Generic;

namespace Workshop.Models
{
    public class Job
    {
        public int Id { get; set; }

        public int VehicleId { get; set; }

        public Vehicle Vehicle { get; set; }

        public int? MechanicId { get; set; }

        public Mechanic Mechanic { get; set; }

        public JobStatus Status { get; set; }

        public DateTime? ArrivedOn { get; set; }

        public DateTime? CollectedOn { get; set; }

        public Checklist Checklist { get; set; }

        public ICollection<JobPart> Parts { get; set; } = new List<JobPart>();
    }
}
