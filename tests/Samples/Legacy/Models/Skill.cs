using System.Collections.Generic;

namespace Workshop.Models
{
    public class Skill
    {
        public int Id { get; set; }

        public string Name { get; set; }

        public ICollection<Mechanic> Mechanics { get; set; } = new List<Mechanic>();
    }
}
