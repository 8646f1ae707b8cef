using System.Collections.Generic;

namespace Workshop.Models
{
    public class Mechanic
    {
        public int Id { get; set; }

        public string Name { get; set; }

        public int HourlyRatePence { get; set; }

        public ICollection<Skill> Skills { get; set; } = new List<Skill>();
    }
}
