namespace Workshop.Models
{
    public enum JobStatus
    {
        Booked,
        InProgress,
        WaitingForParts,
        Done
    }
}
