namespace Workshop.Models
{
    /// <summary>One row of the view vwOpenJobs.</summary>
    public class OpenJob
    {
        public int JobId { get; set; }

        public string Registration { get; set; }

        public string CustomerName { get; set; }

        public string Status { get; set; }
    }
}
