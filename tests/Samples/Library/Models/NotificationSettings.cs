namespace Library.Models;

public class NotificationSettings
{
    public bool ByEmail { get; set; }

    public bool ByText { get; set; }

    public int DaysBeforeDue { get; set; }
}
