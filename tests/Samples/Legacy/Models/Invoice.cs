using System;

namespace Workshop.Models
{
    public class Invoice
    {
        public int Id { get; set; }

        public int JobId { get; set; }

        public Job Job { get; set; }

        public string Number { get; set; }

        public decimal Amount { get; set; }

        public DateTime? PaidOn { get; set; }
    }
}
